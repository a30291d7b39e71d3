package emblema.smf.migrate;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.smf.migrate.StagingVisitor.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Walks a staging root, parents first, names in order, without recursion. */
record StagingWalk(Disk disk, StagingVisitor visitor) {
  private record Level(SafePath staged, Iterator<String> names, Target target) {}

  void walk(SafePath root, Target shared) {
    Deque<Level> levels = new ArrayDeque<>();
    open(root, shared).ifPresent(levels::push);
    while (!levels.isEmpty()) {
      Level level = levels.element();
      if (!level.names.hasNext()) {
        levels.pop();
        continue;
      }
      SafePath from = level.staged.resolve(level.names.next());
      visit(from, level.target).flatMap(target -> open(from, target)).ifPresent(levels::push);
      visitor.between();
    }
  }

  private Optional<Target> visit(SafePath from, Target parent) {
    try {
      Optional<Stat> staged = disk.stat(from);
      if (staged.isEmpty()) {
        return Optional.empty();
      }
      if (staged.get().isDirectory()) {
        return visitor.directory(from, staged.get(), parent);
      }
      visitor.object(from, staged.get(), parent);
    } catch (EmblemaException e) {
      visitor.failed(from, parent, e);
    }
    return Optional.empty();
  }

  private Optional<Level> open(SafePath directory, Target target) {
    try {
      List<String> names = disk.list(directory);
      return Optional.of(new Level(directory, names.iterator(), target));
    } catch (EmblemaException e) {
      visitor.failed(directory, target, e);
      return Optional.empty();
    }
  }
}
