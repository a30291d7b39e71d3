package emblema.publisher.master.change;

import emblema.core.tree.ContentHash;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds moved files by equal content (spec master-image-diff, section 6.1). Content that occurs
 * more than three times says nothing; several candidates are told apart by name, by moved parents,
 * by the length of the common end of the paths; what stays ambiguous is not a move.
 */
final class FileMoves {
  private static final int COMMON_CONTENT = 3;

  private final TreeIndex before;
  private final TreeIndex after;
  private final List<Move> directories;

  FileMoves(TreeIndex before, TreeIndex after, List<Move> directories) {
    this.before = before;
    this.after = after;
    this.directories = directories;
  }

  /** In the order of the new paths. */
  List<Move> find() {
    Map<ContentHash, List<TreeEntry>> removed = candidates(before, after);
    Map<ContentHash, List<TreeEntry>> added = candidates(after, before);
    Map<ContentHash, Integer> common = new HashMap<>();
    count(before, common);
    Map<ContentHash, Integer> commonAfter = new HashMap<>();
    count(after, commonAfter);
    List<Move> moves = new ArrayList<>();
    for (Map.Entry<ContentHash, List<TreeEntry>> each : added.entrySet()) {
      List<TreeEntry> old = removed.getOrDefault(each.getKey(), List.of());
      if (old.isEmpty()
          || common.getOrDefault(each.getKey(), 0) > COMMON_CONTENT
          || commonAfter.getOrDefault(each.getKey(), 0) > COMMON_CONTENT) {
        continue;
      }
      pair(old, each.getValue(), moves);
    }
    moves.sort((a, b) -> emblema.core.io.OsNames.compare(a.to(), b.to()));
    return moves;
  }

  private void pair(List<TreeEntry> old, List<TreeEntry> now, List<Move> moves) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (TreeEntry to : now) {
      best(to, old).ifPresent(from -> chosen.put(to.path(), from.path()));
    }
    chosen.forEach(
        (to, from) -> {
          if (chosen.values().stream().filter(from::equals).count() == 1) {
            moves.add(new Move(from, to, "equal content"));
          }
        });
  }

  private Optional<TreeEntry> best(TreeEntry to, List<TreeEntry> old) {
    List<TreeEntry> best = new ArrayList<>();
    long most = -1;
    for (TreeEntry from : old) {
      long rank = rank(from, to);
      if (rank > most) {
        best.clear();
        most = rank;
      }
      if (rank == most) {
        best.add(from);
      }
    }
    return best.size() == 1 ? Optional.of(best.getFirst()) : Optional.empty();
  }

  private long rank(TreeEntry from, TreeEntry to) {
    long name = from.name().equals(to.name()) ? 1 : 0;
    long parent = directories.stream().anyMatch(move -> maps(move, from.path(), to.path())) ? 1 : 0;
    return (name * 2 + parent) * 10_000 + commonEnd(from.path(), to.path());
  }

  static boolean maps(Move move, String from, String to) {
    return from.startsWith(move.from() + "/")
        && to.equals(move.to() + from.substring(move.from().length()));
  }

  private static int commonEnd(String a, String b) {
    int n = 0;
    while (n < a.length()
        && n < b.length()
        && a.charAt(a.length() - 1 - n) == b.charAt(b.length() - 1 - n)) {
      n++;
    }
    return n;
  }

  private static Map<ContentHash, List<TreeEntry>> candidates(TreeIndex here, TreeIndex there) {
    Map<ContentHash, List<TreeEntry>> byHash = new LinkedHashMap<>();
    for (int i = 0; i < here.size(); i++) {
      TreeEntry entry = here.entry(i);
      if (entry.isFile() && entry.size() > 0 && !there.has(entry.path())) {
        byHash.computeIfAbsent(here.hash(i), key -> new ArrayList<>()).add(entry);
      }
    }
    return byHash;
  }

  private static void count(TreeIndex index, Map<ContentHash, Integer> counts) {
    for (int i = 0; i < index.size(); i++) {
      if (index.entry(i).isFile() && index.entry(i).size() > 0) {
        counts.merge(index.hash(i), 1, Integer::sum);
      }
    }
  }
}
