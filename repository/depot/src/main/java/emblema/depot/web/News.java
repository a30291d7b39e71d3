package emblema.depot.web;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The package versions that were made last. */
final class News {
  private News() {}

  /** Newest first. */
  static List<Fmri> of(Collection<Shelf> shelves, int most) {
    return shelves.stream()
        .flatMap(shelf -> shelf.offers().stream())
        .flatMap(offer -> offer.versions().stream().map(offer::fmri))
        .sorted(
            Comparator.comparing(
                    (Fmri fmri) -> timestamp(fmri.requireVersion()), Comparator.reverseOrder())
                .thenComparing(Comparator.naturalOrder()))
        .limit(most)
        .toList();
  }

  private static String timestamp(Version version) {
    String timestamp = version.timestamp();
    return timestamp == null ? "" : timestamp;
  }
}
