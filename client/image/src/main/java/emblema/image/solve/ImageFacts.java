package emblema.image.solve;

import emblema.core.fmri.Fmri;
import emblema.core.manifest.Varcets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the solver must know of an image.
 *
 * @param installed by stem
 * @param publishers best rank first
 * @param avoided stems that group dependencies do not bring in
 */
public record ImageFacts(
    SortedMap<String, Fmri> installed,
    List<PublisherRank> publishers,
    Varcets varcets,
    Set<String> avoided,
    List<Freeze> freezes) {

  public ImageFacts {
    installed = Collections.unmodifiableSortedMap(new TreeMap<>(installed));
    publishers = List.copyOf(publishers);
    avoided = Set.copyOf(avoided);
    freezes = List.copyOf(freezes);
  }

  /** An image with these packages, and nothing else special. */
  public static ImageFacts of(Map<String, Fmri> installed, List<PublisherRank> publishers) {
    return new ImageFacts(new TreeMap<>(installed), publishers, Varcets.NONE, Set.of(), List.of());
  }

  public Optional<Fmri> installed(String stem) {
    return Optional.ofNullable(installed.get(stem));
  }

  /** Place in the order of publishers; one that the image does not know comes last. */
  int rank(Fmri fmri) {
    for (int i = 0; i < publishers.size(); i++) {
      if (publishers.get(i).prefix().equals(fmri.publisher())) {
        return i;
      }
    }
    return publishers.size();
  }

  boolean isEnabled(Fmri fmri) {
    return publishers.stream().noneMatch(p -> p.prefix().equals(fmri.publisher()) && !p.enabled());
  }

  boolean isSticky(Fmri fmri) {
    return publishers.stream().anyMatch(p -> p.prefix().equals(fmri.publisher()) && p.sticky());
  }
}
