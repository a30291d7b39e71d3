package emblema.image.cli;

import emblema.core.event.EventSink;
import emblema.core.fmri.FmriPattern;
import emblema.image.image.Image;
import emblema.image.image.ImageState;
import emblema.image.image.PackageMatch;
import emblema.image.image.StateEntry;
import emblema.image.transport.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packages that {@code info} and {@code contents} look at. */
final class Selected {
  private Selected() {}

  /**
   * @param offered whether the newest that publishers offer are meant, not what is installed
   */
  static PackageMatch<StateEntry> of(Image image, List<String> operands, boolean offered) {
    List<FmriPattern> patterns = operands.stream().map(FmriPattern::parse).toList();
    ImageState state = image.state();
    if (!offered) {
      return PackageMatch.of(state.installed(), patterns, StateEntry::fmri);
    }
    PackageMatch<StateEntry> match = PackageMatch.of(state.entries(), patterns, StateEntry::fmri);
    return new PackageMatch<>(newest(image, match.matched()), match.unmatched());
  }

  /** The newest of what origins offer that the image need not know. */
  static PackageMatch<StateEntry> elsewhere(
      OpenImage open, List<String> operands, List<String> origins) {
    List<FmriPattern> patterns = operands.stream().map(FmriPattern::parse).toList();
    try (Transport transport = open.transport(EventSink.QUIET, origins)) {
      PackageMatch<StateEntry> match =
          PackageMatch.of(transport.offeredTemporarily(open.now()), patterns, StateEntry::fmri);
      return new PackageMatch<>(newest(open.image(), match.matched()), match.unmatched());
    }
  }

  /** Of each name one: that of the best ranked publisher, its newest version that matched. */
  private static List<StateEntry> newest(Image image, List<StateEntry> matched) {
    Map<String, Integer> ranks = image.config().ranks();
    Map<String, StateEntry> best = new HashMap<>();
    for (StateEntry entry : matched) {
      best.merge(
          entry.fmri().stem(),
          entry,
          (old, other) -> rank(ranks, other) <= rank(ranks, old) ? other : old);
    }
    List<StateEntry> result = new ArrayList<>(best.values());
    result.sort(ImageState.ORDER);
    return result;
  }

  private static int rank(Map<String, Integer> ranks, StateEntry entry) {
    return ranks.getOrDefault(entry.fmri().publisherIfAny().orElse(""), Integer.MAX_VALUE);
  }
}
