package emblema.image.transport;

import emblema.core.action.ActionWriter;
import emblema.core.error.EmblemaException;
import emblema.image.image.Endpoint;
import emblema.image.image.OriginCatalogs;
import emblema.image.image.PackageFlag;
import emblema.image.image.PublisherConfig;
import emblema.image.image.StateEntry;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings the image's copies of its origins' catalogs up to date (spec catalog, sections 10-13). */
final class CatalogRefresh {
  private final Sources sources;
  private final OriginCatalogs copies;
  private final boolean full;

  /**
   * @param full whether catalogs that seem unchanged are read again
   */
  CatalogRefresh(Sources sources, OriginCatalogs copies, boolean full) {
    this.sources = sources;
    this.copies = copies;
    this.full = full;
  }

  Refreshed refresh(Collection<PublisherConfig> publishers, Instant now) {
    boolean changed = false;
    List<String> succeeded = new ArrayList<>();
    Map<String, List<Refreshed.Failure>> failures = new LinkedHashMap<>();
    for (PublisherConfig publisher : publishers) {
      List<Refreshed.Failure> failed = new ArrayList<>();
      for (Endpoint origin : publisher.enabledOrigins()) {
        try {
          changed |= refresh(publisher.prefix(), origin.uri());
        } catch (EmblemaException e) {
          failed.add(new Refreshed.Failure(origin.uri(), e));
        }
      }
      copies.keepOnly(publisher.prefix(), publisher.origins());
      if (failed.isEmpty()) {
        succeeded.add(publisher.prefix());
        copies.markRefreshed(publisher.prefix(), now);
      } else {
        failures.put(publisher.prefix(), failed);
      }
    }
    return new Refreshed(changed, succeeded, failures);
  }

  private boolean refresh(String prefix, String uri) {
    Catalog catalog = sources.origin(uri).catalog(prefix);
    Optional<Instant> before = copies.lastModified(prefix, uri);
    if (!full && before.equals(Optional.of(catalog.lastModified()))) {
      return false;
    }
    List<StateEntry> entries = new ArrayList<>();
    catalog.forEach(entry -> entries.add(entry(entry)));
    copies.write(prefix, uri, entries, catalog.lastModified());
    return !before.equals(Optional.of(catalog.lastModified()));
  }

  private static StateEntry entry(CatalogEntry entry) {
    return new StateEntry(
        entry.fmri(),
        entry.manifestSha1(),
        Set.of(PackageFlag.KNOWN, PackageFlag.CATALOG_V1),
        null,
        null,
        entry.dependencyActions().stream().map(ActionWriter::write).toList(),
        entry.summaryActions().stream().map(ActionWriter::write).toList());
  }
}
