package emblema.publisher.master.change;

import emblema.core.tree.TreeIndex;
import emblema.publisher.master.ledger.Ledger;
import java.util.List;

/** Editable files that were moved and changed: found by name and likeness, only ever suggested. */
final class SimilarFiles {
  SimilarFiles(TreeIndex before, TreeIndex after, Transitions transitions, Ledger ledger) {}

  List<Move> suggest() {
    return List.of();
  }
}
