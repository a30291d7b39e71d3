package emblema.core.tree;

import emblema.core.io.OsNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What two trees differ in, by merging their sorted indexes (spec master-image-diff, section 4).
 * Owners are compared by name, never by number. Both indexes must know their contents' hashes where
 * sizes are equal.
 */
public final class TreeDiff {
  private final TreeIndex before;
  private final TreeIndex after;
  private final LinkGroups linksBefore;
  private final LinkGroups linksAfter;
  private final List<TreeChange> changes = new ArrayList<>();

  private TreeDiff(TreeIndex before, TreeIndex after) {
    this.before = before;
    this.after = after;
    this.linksBefore = LinkGroups.of(before, path -> false);
    this.linksAfter = LinkGroups.of(after, path -> false);
  }

  /** All differences, in the order of paths; what is the same does not appear. */
  public static List<TreeChange> between(TreeIndex before, TreeIndex after) {
    return new TreeDiff(before, after).run();
  }

  private List<TreeChange> run() {
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      int order =
          i == before.size()
              ? 1
              : j == after.size()
                  ? -1
                  : OsNames.compare(before.entry(i).path(), after.entry(j).path());
      if (order < 0) {
        changes.add(new TreeChange(TreeChange.Kind.REMOVED, before.entry(i++), null));
      } else if (order > 0) {
        changes.add(new TreeChange(TreeChange.Kind.ADDED, null, after.entry(j++)));
      } else {
        TreeEntry old = before.entry(i);
        TreeEntry now = after.entry(j);
        kind(i++, j++).ifPresent(kind -> changes.add(new TreeChange(kind, old, now)));
      }
    }
    return List.copyOf(changes);
  }

  private Optional<TreeChange.Kind> kind(int i, int j) {
    TreeEntry old = before.entry(i);
    TreeEntry now = after.entry(j);
    if (old.kind() != now.kind()) {
      return Optional.of(TreeChange.Kind.TYPE);
    }
    if (old.isLink()) {
      return old.target().equals(now.target())
          ? touched(old, now)
          : Optional.of(TreeChange.Kind.RETARGET);
    }
    if (old.isFile() && (old.size() != now.size() || !before.hash(i).agreesWith(after.hash(j)))) {
      return Optional.of(TreeChange.Kind.CONTENT);
    }
    if (old.mode() != now.mode()
        || !old.owner().equals(now.owner())
        || !old.group().equals(now.group())
        || old.rawDevice() != now.rawDevice()
        || !before.facts(i).extensions().equals(after.facts(j).extensions())) {
      return Optional.of(TreeChange.Kind.META);
    }
    if (old.isFile() && !linksBefore.members(old.path()).equals(linksAfter.members(now.path()))) {
      return Optional.of(TreeChange.Kind.RELINK);
    }
    return touched(old, now);
  }

  private static Optional<TreeChange.Kind> touched(TreeEntry old, TreeEntry now) {
    boolean same = old.mtime() == now.mtime() && old.uid() == now.uid() && old.gid() == now.gid();
    return same ? Optional.empty() : Optional.of(TreeChange.Kind.TOUCHED);
  }
}
