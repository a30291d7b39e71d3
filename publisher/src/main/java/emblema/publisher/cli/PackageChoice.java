package emblema.publisher.cli;

import emblema.core.fmri.FmriPattern;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Which packages of a catalog the patterns of a command line mean. */
final class PackageChoice {
  private PackageChoice() {}

  /**
   * The packages that match any of the patterns, or all if there are none: by name, the newest
   * version first.
   *
   * @param matched patterns that matched something are added here
   */
  static List<CatalogEntry> choose(
      Catalog catalog, List<FmriPattern> patterns, Collection<FmriPattern> matched) {
    List<CatalogEntry> chosen = new ArrayList<>();
    List<CatalogEntry> versions = new ArrayList<>();
    catalog.forEach(
        entry -> {
          if (!versions.isEmpty()
              && !versions.getLast().fmri().stem().equals(entry.fmri().stem())) {
            choose(versions, patterns, matched, chosen);
          }
          versions.add(entry);
        });
    choose(versions, patterns, matched, chosen);
    return chosen;
  }

  /** All versions of one name, which are then forgotten. */
  private static void choose(
      List<CatalogEntry> versions,
      List<FmriPattern> patterns,
      Collection<FmriPattern> matched,
      List<CatalogEntry> chosen) {
    Collections.reverse(versions);
    boolean newest = true;
    for (CatalogEntry entry : versions) {
      boolean wanted = patterns.isEmpty();
      for (FmriPattern pattern : patterns) {
        if (pattern.matches(entry.fmri()) && (newest || !pattern.isLatest())) {
          matched.add(pattern);
          wanted = true;
        }
      }
      if (wanted) {
        chosen.add(entry);
      }
      newest = false;
    }
    versions.clear();
  }
}
