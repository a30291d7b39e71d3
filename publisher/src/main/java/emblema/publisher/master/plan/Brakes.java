package emblema.publisher.master.plan;

import emblema.core.tree.TreeChange;
import emblema.publisher.master.change.Move;
import emblema.publisher.master.change.Transitions;
import emblema.publisher.master.finding.Findings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stops a plan that removes more than is likely meant (spec master-image-diff, section 14). */
final class Brakes {
  /** So few removals are no mass deletion, whatever their share. */
  private static final int ALWAYS_ALLOWED = 10;

  private Brakes() {}

  static void check(
      List<TreeChange> changes,
      int before,
      Transitions transitions,
      Choices choices,
      Findings findings) {
    Set<String> moved = new HashSet<>();
    transitions.fileMoves().forEach(move -> moved.add(move.from()));
    int removed = 0;
    for (TreeChange change : changes) {
      String path = change.path();
      if (change.kind() == TreeChange.Kind.REMOVED
          && !moved.contains(path)
          && transitions.directoryMoves().stream().noneMatch(move -> covers(move, path))
          && choices.allowRemoval().stream().noneMatch(glob -> glob.matches(path))) {
        removed++;
      }
    }
    if (removed > ALWAYS_ALLOWED && removed * 100L > (long) choices.maxRemoved() * before) {
      findings.error(
          removed
              + " of "
              + before
              + " delivered paths vanish, more than "
              + choices.maxRemoved()
              + " %: pass --allow-removal PATTERN or --max-removed PERCENT if that is meant");
    }
  }

  private static boolean covers(Move move, String path) {
    return path.equals(move.from()) || path.startsWith(move.from() + "/");
  }
}
