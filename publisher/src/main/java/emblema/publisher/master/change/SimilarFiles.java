package emblema.publisher.master.change;

import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.similar.Similarity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Editable files that were moved and changed (spec master-image-diff, section 6.1): equal base name
 * and alike by at least 60 %. Only ever suggested.
 */
final class SimilarFiles {
  private static final int LEAST_PERCENT = 60;
  private static final long LARGEST = 1 << 20;

  private final TreeIndex before;
  private final TreeIndex after;
  private final Ledger ledger;
  private final Contents contents;
  private final Set<String> decided = new HashSet<>();

  SimilarFiles(
      TreeIndex before,
      TreeIndex after,
      Transitions transitions,
      Ledger ledger,
      Contents contents) {
    this.before = before;
    this.after = after;
    this.ledger = ledger;
    this.contents = contents;
    for (Move move : transitions.fileMoves()) {
      decided.add(move.from());
      decided.add(move.to());
    }
    decided.addAll(transitions.originalNames().keySet());
  }

  /** In the order of the old paths. */
  List<Move> suggest() {
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      TreeEntry old = before.entry(i);
      if (isCandidate(old)
          && !after.has(old.path())
          && !ledger.sticky(old.path(), "preserve").isEmpty()) {
        Move best = best(old, before.hash(i).sha1());
        if (best != null && decided.add(best.to())) {
          moves.add(best);
        }
      }
    }
    return moves;
  }

  private boolean isCandidate(TreeEntry entry) {
    return entry.isFile()
        && entry.size() > 0
        && entry.size() <= LARGEST
        && !decided.contains(entry.path());
  }

  private @org.jspecify.annotations.Nullable Move best(TreeEntry old, String sha1) {
    TreeEntry best = null;
    int most = LEAST_PERCENT - 1;
    byte[] content = null;
    for (int i = 0; i < after.size(); i++) {
      TreeEntry now = after.entry(i);
      if (!isCandidate(now) || before.has(now.path()) || !now.name().equals(old.name())) {
        continue;
      }
      content = content == null ? contents.published(sha1) : content;
      int percent = Similarity.percent(content, contents.current(now));
      if (percent > most) {
        best = now;
        most = percent;
      }
    }
    return best == null ? null : new Move(old.path(), best.path(), most + " % alike");
  }
}
