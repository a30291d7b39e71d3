package emblema.image.transport;

import emblema.core.action.ActionWriter;
import emblema.core.error.EmblemaException;
import emblema.core.task.Tasks;
import emblema.image.image.Endpoint;
import emblema.image.image.OriginCatalogs;
import emblema.image.image.PackageFlag;
import emblema.image.image.PublisherConfig;
import emblema.image.image.StateEntry;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogEntry;
import emblema.store.catalog.CatalogFiles;
import emblema.store.catalog.CatalogUpdate;
import emblema.store.origin.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Brings the image's copies of its origins' catalogs up to date (spec catalog, sections 10-13). */
final class CatalogRefresh {
  /** Origins that are asked at once. */
  private static final int PARALLEL = 8;

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

  /** Writes what was learnt into the copy; whether it is another one now. */
  private interface Learnt {
    boolean save();
  }

  /** What came of asking one origin: something to save, or a failure. */
  private record Answer(
      PublisherConfig publisher, Optional<Learnt> learnt, Optional<Refreshed.Failure> failure) {}

  Refreshed refresh(Collection<PublisherConfig> publishers, Instant now) {
    List<Callable<Answer>> questions = new ArrayList<>();
    for (PublisherConfig publisher : publishers) {
      for (Endpoint origin : publisher.enabledOrigins()) {
        questions.add(() -> ask(publisher, origin));
      }
    }
    boolean changed = false;
    Map<String, List<Refreshed.Failure>> failures = new LinkedHashMap<>();
    for (Answer answer : Tasks.inParallel(PARALLEL, questions)) {
      if (answer.learnt().isPresent()) {
        changed |= answer.learnt().get().save();
      }
      answer
          .failure()
          .ifPresent(
              failure ->
                  failures
                      .computeIfAbsent(answer.publisher().prefix(), p -> new ArrayList<>())
                      .add(failure));
    }
    List<String> succeeded = new ArrayList<>();
    for (PublisherConfig publisher : publishers) {
      copies.keepOnly(publisher.prefix(), publisher.origins());
      if (!failures.containsKey(publisher.prefix())) {
        succeeded.add(publisher.prefix());
        copies.markRefreshed(publisher.prefix(), now);
      }
    }
    return new Refreshed(changed, succeeded, failures);
  }

  private Answer ask(PublisherConfig publisher, Endpoint endpoint) {
    try {
      Origin origin = sources.origin(publisher, endpoint);
      String prefix = publisher.prefix();
      Optional<CatalogFiles> files = origin.catalogFiles(prefix);
      Learnt learnt =
          files.isPresent()
              ? update(prefix, endpoint.uri(), files.get())
              : replacement(prefix, endpoint.uri(), origin.catalog(prefix));
      return new Answer(publisher, Optional.of(learnt), Optional.empty());
    } catch (EmblemaException e) {
      return new Answer(
          publisher, Optional.empty(), Optional.of(new Refreshed.Failure(endpoint.uri(), e)));
    }
  }

  private Learnt update(String prefix, String uri, CatalogFiles origin) {
    Optional<Instant> before = copies.lastModified(prefix, uri);
    CatalogUpdate.Outcome outcome =
        CatalogUpdate.of(prefix, copies.files(prefix, uri), origin, full);
    return () -> {
      if (outcome.way() == CatalogUpdate.Way.UNCHANGED) {
        return false;
      }
      boolean whole = outcome.way() == CatalogUpdate.Way.WHOLE;
      copies.write(prefix, uri, outcome.files(), whole);
      return !before.equals(Optional.of(outcome.attributes().lastModified()));
    };
  }

  /** Of a catalog that is made anew each time, nothing can be told from its age. */
  private Learnt replacement(String prefix, String uri, Catalog catalog) {
    List<StateEntry> entries = new ArrayList<>();
    catalog.forEach(entry -> entries.add(entry(entry)));
    return () -> {
      Optional<Instant> before = copies.lastModified(prefix, uri);
      copies.write(prefix, uri, entries, catalog.lastModified());
      return !before.equals(Optional.of(catalog.lastModified()));
    };
  }

  static StateEntry entry(CatalogEntry entry) {
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
