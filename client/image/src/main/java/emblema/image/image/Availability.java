package emblema.image.image;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The flags of packages that follow from the other packages and from the freeze list. */
final class Availability {
  private Availability() {}

  /** UPGRADABLE where the publisher has something newer, FROZEN where a freeze holds. */
  static List<StateEntry> marked(Collection<StateEntry> entries, Frozen frozen) {
    Map<String, Version> newest = new HashMap<>();
    for (StateEntry entry : entries) {
      newest.merge(
          key(entry.fmri()), entry.fmri().requireVersion(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
    return entries.stream()
        .map(
            entry -> {
              Version best = newest.get(key(entry.fmri()));
              boolean upgradable =
                  best != null && best.compareTo(entry.fmri().requireVersion()) > 0;
              return entry
                  .withFlag(PackageFlag.UPGRADABLE, upgradable)
                  .withFlag(PackageFlag.FROZEN, frozen.holds(entry.fmri()));
            })
        .toList();
  }

  private static String key(Fmri fmri) {
    return ImageState.publisherOf(fmri) + "/" + fmri.stem();
  }
}
