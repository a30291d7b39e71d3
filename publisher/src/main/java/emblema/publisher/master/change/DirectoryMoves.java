package emblema.publisher.master.change;

import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds renamed directories (spec master-image-diff, section 6.2): D1 is gone, D2 is new, and files
 * of equal relative path make up at least half of both and are at least two. The topmost pair
 * counts.
 */
final class DirectoryMoves {
  private static final int LEAST_COMMON = 2;

  /** More files of one name than these say nothing about where a directory went. */
  private static final int COMMON_NAME = 200;

  private final TreeIndex before;
  private final TreeIndex after;
  private final Map<String, List<String>> addedFiles = new HashMap<>();

  DirectoryMoves(TreeIndex before, TreeIndex after) {
    this.before = before;
    this.after = after;
    for (int i = 0; i < after.size(); i++) {
      TreeEntry entry = after.entry(i);
      if (!entry.isDirectory() && !before.has(entry.path())) {
        addedFiles.computeIfAbsent(entry.name(), key -> new ArrayList<>()).add(entry.path());
      }
    }
  }

  /** Sure moves, in the order of the old paths. */
  List<Move> find() {
    List<Move> moves = new ArrayList<>();
    String covered = null;
    for (int i = 0; i < before.size(); i++) {
      TreeEntry entry = before.entry(i);
      if (!isGone(entry) || (covered != null && entry.path().startsWith(covered))) {
        continue;
      }
      Move move = best(entry.path());
      if (move != null) {
        moves.add(move);
        covered = entry.path() + "/";
      }
    }
    return moves;
  }

  private boolean isGone(TreeEntry entry) {
    return entry.isDirectory() && !after.has(entry.path());
  }

  private @org.jspecify.annotations.Nullable Move best(String from) {
    TreeIndex.Span span = before.below(from);
    Map<String, Integer> common = new TreeMap<>();
    int files = 0;
    for (int i = span.first(); i < span.last(); i++) {
      TreeEntry entry = before.entry(i);
      if (entry.isDirectory()) {
        continue;
      }
      files++;
      List<String> added = addedFiles.getOrDefault(entry.name(), List.of());
      if (added.size() > COMMON_NAME) {
        continue;
      }
      String tail = entry.path().substring(from.length());
      for (String path : added) {
        if (path.endsWith(tail) && path.length() > tail.length()) {
          common.merge(path.substring(0, path.length() - tail.length()), 1, Integer::sum);
        }
      }
    }
    String best = null;
    int most = 0;
    for (Map.Entry<String, Integer> each : common.entrySet()) {
      if (each.getValue() > most && isMove(each.getKey(), each.getValue(), files)) {
        best = each.getKey();
        most = each.getValue();
      }
    }
    return best == null ? null : new Move(from, best, most + " files of equal relative path");
  }

  private boolean isMove(String to, int common, int files) {
    if (common < LEAST_COMMON
        || before.has(to)
        || after.at(to).filter(TreeEntry::isDirectory).isEmpty()) {
      return false;
    }
    int there = 0;
    TreeIndex.Span span = after.below(to);
    for (int i = span.first(); i < span.last(); i++) {
      there += after.entry(i).isDirectory() ? 0 : 1;
    }
    return 2 * common >= files + there - common;
  }

  /**
   * Directories without evidence in files: one gone and one new sibling of equal owner and mode.
   */
  List<Move> suggest() {
    Map<String, List<TreeEntry>> gone = new TreeMap<>();
    Map<String, List<TreeEntry>> added = new TreeMap<>();
    for (int i = 0; i < before.size(); i++) {
      if (isGone(before.entry(i))) {
        gone.computeIfAbsent(before.entry(i).parent(), key -> new ArrayList<>())
            .add(before.entry(i));
      }
    }
    for (int i = 0; i < after.size(); i++) {
      TreeEntry entry = after.entry(i);
      if (entry.isDirectory() && !before.has(entry.path())) {
        added.computeIfAbsent(entry.parent(), key -> new ArrayList<>()).add(entry);
      }
    }
    Set<String> sure = new HashSet<>();
    find().forEach(move -> sure.add(move.from()));
    List<Move> suggestions = new ArrayList<>();
    for (Map.Entry<String, List<TreeEntry>> each : gone.entrySet()) {
      List<TreeEntry> there = added.getOrDefault(each.getKey(), List.of());
      if (each.getValue().size() == 1 && there.size() == 1) {
        TreeEntry old = each.getValue().getFirst();
        TreeEntry now = there.getFirst();
        if (!sure.contains(old.path())
            && old.mode() == now.mode()
            && old.owner().equals(now.owner())
            && old.group().equals(now.group())) {
          suggestions.add(
              new Move(
                  old.path(), now.path(), "the only one gone and the only one new in its parent"));
        }
      }
    }
    return suggestions;
  }
}
