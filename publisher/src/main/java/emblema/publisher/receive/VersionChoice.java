package emblema.publisher.receive;

import emblema.core.fmri.Version;
import emblema.store.catalog.CatalogEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which of the matching packages are meant: {@code -m} (spec pkgrecv, section 1). */
public enum VersionChoice {
  /** Every match. */
  ALL_TIMESTAMPS,
  /** The newest timestamp of each version. */
  ALL_VERSIONS,
  /** The newest version of each name. */
  LATEST;

  /** The ones that are meant, by name and then version ascending. */
  List<CatalogEntry> prune(List<CatalogEntry> entries) {
    List<CatalogEntry> newestFirst = new ArrayList<>(entries);
    newestFirst.sort(Comparator.comparing(CatalogEntry::fmri).reversed());
    Set<String> seen = new HashSet<>();
    List<CatalogEntry> kept = new ArrayList<>();
    for (CatalogEntry entry : newestFirst) {
      if (this == ALL_TIMESTAMPS || seen.add(group(entry))) {
        kept.add(entry);
      }
    }
    return kept.reversed();
  }

  private String group(CatalogEntry entry) {
    Version version = entry.fmri().requireVersion();
    return entry.fmri().stem() + (this == LATEST ? "" : "@" + version.withoutTimestamp());
  }
}
