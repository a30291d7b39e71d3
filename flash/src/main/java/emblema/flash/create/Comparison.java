package emblema.flash.create;

import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.manifest.Line;
import emblema.flash.select.Rule;
import emblema.flash.select.Selection;
import emblema.flash.tree.Scope;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the old image with the new one, directory by directory (spec flar-cli, section 5): what
 * is new or changed goes into the archive, what is gone onto the list of deletions, all of it into
 * the manifest. Memory is bounded by the directories that are open at once, and by the files of
 * several names.
 */
final class Comparison {
  private final Disk before;
  private final Disk after;
  private final Selection selection;
  private final Scope scope;
  private final Difference difference;
  private final Record results;

  /** Takes what the comparison finds, in the order of the walk. */
  interface Record {
    void manifest(Line line) throws IOException;

    /** An object that is new or changed, if only in its time. */
    void changed(String path) throws IOException;

    /** An object that the new image has no longer. */
    void deleted(String path) throws IOException;
  }

  /**
   * @param scope the selection, and what else is left out
   */
  Comparison(
      Disk before,
      Disk after,
      Selection selection,
      Scope scope,
      LinkNames namesAfter,
      boolean isDeep,
      Record results) {
    this.before = before;
    this.after = after;
    this.selection = selection;
    this.scope = scope;
    this.difference =
        new Difference(before, after, LinkNames.of(before, scope), namesAfter, isDeep);
    this.results = results;
  }

  /**
   * One name in a directory, in either image or both.
   *
   * @param isArriving whether the object is new or changed for the manifest
   * @param isContent the content of the directory rather than the object itself
   */
  private record Child(
      String path, @Nullable Stat old, @Nullable Stat now, boolean isArriving, boolean isContent) {
    String key() {
      return isContent ? path + "/" : path;
    }

    /**
     * Whether it goes into the archive: a directory or link of another time does too, so that
     * clones get that time, although the manifest knows none and says that clones must have it.
     */
    boolean isSent() {
      return isArriving || (old != null && now != null && Difference.isOfOtherTime(old, now));
    }

    boolean isOldDirectory() {
      return old != null && old.isDirectory();
    }

    boolean isNewDirectory() {
      return now != null && now.isDirectory();
    }
  }

  private static final class Pair {
    @Nullable Stat old;
    @Nullable Stat now;
  }

  void run() throws IOException {
    for (Rule rule : selection.rules()) {
      if (!rule.path().isRoot()) {
        Line.Sign sign =
            rule.isBuiltIn()
                ? Line.Sign.BUILT_IN
                : rule.isIncluded() ? Line.Sign.INCLUDE : Line.Sign.EXCLUDE;
        results.manifest(new Line.Filter(sign, "/" + rule.path()));
      }
    }
    Deque<Iterator<Child>> open = new ArrayDeque<>();
    open.push(list("", true, true));
    while (!open.isEmpty()) {
      Iterator<Child> children = open.peek();
      if (!children.hasNext()) {
        open.pop();
        continue;
      }
      Child child = children.next();
      if (child.isContent()) {
        open.push(list(child.path(), child.isOldDirectory(), child.isNewDirectory()));
      } else if (child.isSent()) {
        results.changed(child.path());
      }
    }
  }

  /** Writes what the manifest says of a directory, and gives what there is to walk. */
  private Iterator<Child> list(String directory, boolean isInOld, boolean isInNew)
      throws IOException {
    TreeMap<String, Pair> names = new TreeMap<>(OsNames::compare);
    if (isInOld) {
      for (Disk.Entry entry : before.entries(SafePath.of(directory))) {
        names.computeIfAbsent(entry.name(), absent -> new Pair()).old = usable(entry.stat());
      }
    }
    if (isInNew) {
      for (Disk.Entry entry : after.entries(SafePath.of(directory))) {
        names.computeIfAbsent(entry.name(), absent -> new Pair()).now = usable(entry.stat());
      }
    }
    List<Child> children = new ArrayList<>();
    for (var name : names.entrySet()) {
      String path = directory.isEmpty() ? name.getKey() : directory + "/" + name.getKey();
      child(path, name.getValue().old, name.getValue().now, children);
    }
    // The directory's own entry may be bare: then nobody can say what else belongs into it.
    if (selection.covers(directory)) {
      results.manifest(new Line.Listed("/" + directory));
    }
    children.sort(Comparator.comparing(Child::key, OsNames::compare));
    return children.iterator();
  }

  private void child(String path, @Nullable Stat old, @Nullable Stat now, List<Child> children)
      throws IOException {
    Stat any = now != null ? now : old;
    if (any == null) {
      return;
    }
    Scope.Choice choice = scope.choose(path, any);
    if (choice == Scope.Choice.NOTHING) {
      return;
    }
    boolean isArriving = now != null && (old == null || difference.of(path, old, now));
    Child child = new Child(path, old, now, isArriving, false);
    children.add(child);
    if (choice == Scope.Choice.WHOLE && (child.isOldDirectory() || child.isNewDirectory())) {
      children.add(new Child(path, old, now, isArriving, true));
    }
    if (now == null && old != null) {
      results.deleted(path);
    }
    if (selection.includes(path)) {
      results.manifest(line(child));
    }
  }

  private Line line(Child child) {
    String path = "/" + child.path();
    Stat old = child.old();
    Stat now = child.now();
    SafePath place = SafePath.of(child.path());
    if (now == null && old != null) {
      return new Line.Leaving(path, Difference.state(before, place, old));
    }
    if (now == null || child.isArriving()) {
      return new Line.Arriving(path);
    }
    return new Line.Kept(path, Difference.state(after, place, now));
  }

  /** Sockets cannot be archived: they count as absent. */
  private static @Nullable Stat usable(Stat stat) {
    return stat.kind() == Stat.Kind.SOCKET ? null : stat;
  }
}
