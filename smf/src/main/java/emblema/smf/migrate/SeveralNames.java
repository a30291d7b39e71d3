package emblema.smf.migrate;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where files with several names (hard links) were copied to, so that the others become links. */
final class SeveralNames {
  private record FileKey(long device, long inode) {}

  private final Map<FileKey, Pending> first = new HashMap<>();

  private static boolean hasSeveral(Stat staged) {
    return staged.isFile() && staged.links() > 1;
  }

  private static FileKey key(Stat stat) {
    return new FileKey(stat.device(), stat.inode());
  }

  /** The copy of the same file that was made before. */
  Optional<Pending> copyOf(Stat staged) {
    return hasSeveral(staged) ? Optional.ofNullable(first.get(key(staged))) : Optional.empty();
  }

  void copied(Pending pending) {
    if (hasSeveral(pending.staged)) {
      first.putIfAbsent(key(pending.staged), pending);
    }
  }

  /** The shared tree has the same content; it counts as a copy if all else is the same too. */
  void found(Pending dropped, Stat shared) {
    if (isAlike(dropped.staged, shared) && dropped.staged.mtime() == shared.mtime()) {
      copied(dropped);
    }
  }

  static boolean isAlike(Stat staged, Stat shared) {
    return staged.uid() == shared.uid()
        && staged.gid() == shared.gid()
        && staged.mode() == shared.mode();
  }

  /** The copy is gone, or cannot be linked to. */
  void forget(Stat staged) {
    first.remove(key(staged));
  }

  void forget(Pending pending) {
    first.remove(key(pending.staged), pending);
  }

  /** Finds what an interrupted run has put in place, whatever the order of the names. */
  StagingVisitor recognition(Disk disk, Collisions collisions) {
    return new StagingVisitor() {
      @Override
      public Optional<Target> directory(SafePath from, Stat staged, Target parent) {
        SafePath to = parent.path().resolve(from.name());
        return disk.stat(to)
            .filter(Stat::isDirectory)
            .map(there -> new Target(parent.area(), parent.top(), there.device(), to));
      }

      @Override
      public void object(SafePath from, Stat staged, Target parent) {
        Pending.Item item = new Pending.Item(from, staged, parent, 0);
        if (hasSeveral(staged)
            && collisions.decide(from, staged, item.to(), false) instanceof Decision.Drop drop) {
          found(item.dropped(drop.to(), drop.shared(), ""), drop.shared());
        }
      }

      @Override
      public void failed(SafePath from, Target parent, EmblemaException error) {
        // The move itself meets the same error and reports it.
      }
    };
  }
}
