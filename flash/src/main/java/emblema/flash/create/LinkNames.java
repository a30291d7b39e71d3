package emblema.flash.create;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import emblema.flash.tree.LinkCounts;
import emblema.flash.tree.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which selected names of a tree are names of one file; only files with several are kept. */
final class LinkNames {
  private record Identity(long device, long inode) {}

  private final Map<Identity, List<String>> groups = new HashMap<>();

  private LinkNames() {}

  static LinkNames of(Disk tree, Scope scope) {
    LinkCounts counts = new LinkCounts();
    walk(tree, scope, (path, stat) -> counts.add(stat));
    LinkNames names = new LinkNames();
    if (counts.hasSeveral()) {
      walk(
          tree,
          scope,
          (path, stat) -> {
            if (counts.of(stat) > 1) {
              names.groups.computeIfAbsent(identity(stat), absent -> new ArrayList<>(2)).add(path);
            }
          });
    }
    return names;
  }

  private interface Each {
    void file(String path, Stat stat);
  }

  private static void walk(Disk tree, Scope scope, Each each) {
    new TreeWalker(tree)
        .walk(
            SafePath.ROOT,
            (path, stat) -> {
              Scope.Choice choice = scope.choose(path.text(), stat);
              if (choice != Scope.Choice.NOTHING && stat.isFile() && stat.links() > 1) {
                each.file(path.text(), stat);
              }
              return choice == Scope.Choice.WHOLE;
            });
  }

  private static Identity identity(Stat stat) {
    return new Identity(stat.device(), stat.inode());
  }

  /** All names of the file, in order, this one among them. */
  List<String> of(String path, Stat stat) {
    if (!stat.isFile() || stat.links() < 2) {
      return List.of(path);
    }
    List<String> group = groups.get(identity(stat));
    return group == null ? List.of(path) : group;
  }
}
