package emblema.image.change;

import emblema.core.fmri.Fmri;
import emblema.image.image.Avoided;
import emblema.image.image.ImageConfig;
import emblema.image.image.ImageState;
import emblema.image.image.StateEntry;
import emblema.image.solve.Freeze;
import emblema.image.solve.ImageFacts;
import emblema.image.solve.PublisherRank;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the solver wants to know of an image, read from its configuration and state. */
final class Facts {
  private Facts() {}

  static ImageFacts of(ImageConfig config, ImageState state) {
    TreeMap<String, Fmri> installed = new TreeMap<>();
    for (StateEntry entry : state.installed()) {
      installed.put(entry.fmri().stem(), entry.fmri());
    }
    List<PublisherRank> publishers =
        config.publishers().stream()
            .map(p -> new PublisherRank(p.prefix(), p.isSticky(), p.isEnabled()))
            .toList();
    List<Freeze> freezes =
        state.frozen().freezes().values().stream()
            .map(
                freeze -> {
                  String comment = freeze.comment();
                  return new Freeze(
                      freeze.fmri().stem(),
                      freeze.fmri().requireVersion(),
                      comment == null ? "" : comment);
                })
            .toList();
    return new ImageFacts(
        installed,
        publishers,
        config.varcets(),
        state.avoided().reasons().entrySet().stream()
            .filter(entry -> entry.getValue() == Avoided.Reason.AVOID)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()),
        freezes);
  }
}
