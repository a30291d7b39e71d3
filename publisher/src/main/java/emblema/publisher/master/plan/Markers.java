package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.change.Transitions;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.split.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What becomes of packages that have no object left (spec master-image-diff, section 6.5): renamed
 * if nearly all of their bytes are in other packages now, else obsolete.
 */
final class Markers {
  private static final double NEARLY_ALL = 0.9;

  private final Ledger ledger;
  private final Assignment assignment;
  private final Map<String, String> movedTo = new HashMap<>();

  Markers(Ledger ledger, Assignment assignment, Transitions transitions) {
    this.ledger = ledger;
    this.assignment = assignment;
    transitions.fileMoves().forEach(move -> movedTo.put(move.from(), move.to()));
  }

  /** Successors of a vanished package, most bytes first; none if it is obsolete. */
  List<String> successors(String stem) {
    Map<String, Long> bytes = new TreeMap<>();
    long all = 0;
    TreeIndex published = ledger.tree();
    for (int i = 0; i < published.size(); i++) {
      TreeEntry entry = published.entry(i);
      if (entry.isDirectory() || !stem.equals(ledger.owners().get(entry.path()))) {
        continue;
      }
      long weight = entry.size() + 1;
      all += weight;
      assignment
          .stemOf(entry.path())
          .or(() -> assignment.stemOf(movedTo.getOrDefault(entry.path(), "")))
          .ifPresent(now -> bytes.merge(now, weight, Long::sum));
    }
    long kept = bytes.values().stream().mapToLong(Long::longValue).sum();
    if (all == 0 || kept < NEARLY_ALL * all) {
      return List.of();
    }
    long whole = all;
    List<String> main =
        bytes.entrySet().stream()
            .filter(each -> each.getValue() >= NEARLY_ALL * whole)
            .map(Map.Entry::getKey)
            .toList();
    return main.isEmpty() ? List.copyOf(bytes.keySet()) : main;
  }

  /** The marker's manifest without its name. */
  static List<Action> manifest(String stem, List<String> successors) {
    List<Action> actions = new ArrayList<>();
    actions.add(
        Draft.set("pkg.summary", successors.isEmpty() ? stem + " is gone" : stem + " was renamed"));
    actions.add(Draft.set(successors.isEmpty() ? "pkg.obsolete" : "pkg.renamed", "true"));
    successors.forEach(each -> actions.add(Draft.depend("require", "pkg:/" + each)));
    return actions;
  }
}
