package emblema.flash.view;

import emblema.core.io.OsNames;
import emblema.core.io.Stat;
import emblema.flash.tree.MemberSource;
import java.io.InputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One name in a tree: an object, and if it is a directory what it holds. */
final class TreeNode {
  /** An object, which several names may share. */
  static final class Thing {
    final long number;
    Stat.Kind kind = Stat.Kind.DIRECTORY;
    int mode = 0755;
    int uid;
    int gid;
    long size;

    /** Nanoseconds since the epoch. */
    long mtime;

    long rawDevice;
    String target = "";
    Map<String, byte[]> attributes = Map.of();
    MemberSource.Content content = InputStream::nullInputStream;
    int names;

    Thing(long number) {
      this.number = number;
    }
  }

  final Thing thing;
  final SortedMap<String, TreeNode> children;

  TreeNode(Thing thing) {
    this.thing = thing;
    this.children =
        thing.kind == Stat.Kind.DIRECTORY
            ? new TreeMap<>(OsNames::compare)
            : java.util.Collections.emptySortedMap();
  }

  boolean isDirectory() {
    return thing.kind == Stat.Kind.DIRECTORY;
  }
}
