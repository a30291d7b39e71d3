package emblema.image.apply;

import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;

/**
 * One change that can be taken back. Every change of an image is one of these three, because
 * nothing is ever deleted or written in place while a plan runs: what goes is renamed to a
 * <em>slot</em> of the work area, what comes was made complete in a slot and is renamed from there.
 * Slot names are used once, so whether an effect has happened can be seen from its slot.
 */
sealed interface Effect {

  /** Whatever it is, at another name; nothing is at the new name. */
  record Move(SafePath from, SafePath to) implements Effect {
    @Override
    public void happen(Disk disk) {
      disk.renameNoReplace(from, to);
    }

    @Override
    public void undo(Disk disk) {
      if (disk.stat(from).isEmpty() && disk.stat(to).isPresent()) {
        disk.renameNoReplace(to, from);
      }
    }
  }

  /**
   * The object in slot {@code coming} takes the place of the one at the path, which goes to a slot.
   */
  record Replace(SafePath coming, SafePath path, SafePath going) implements Effect {
    @Override
    public void prepare(Disk disk) {
      disk.link(path, going);
    }

    @Override
    public void happen(Disk disk) {
      disk.rename(coming, path);
    }

    @Override
    public void undo(Disk disk) {
      if (disk.stat(going).isEmpty()) {
        return;
      }
      if (disk.stat(coming).isPresent()) {
        disk.remove(going);
      } else {
        disk.rename(going, path);
      }
    }
  }

  /** Other mode and owner for an existing directory. */
  record Describe(SafePath directory, Ownership before, Ownership after) implements Effect {
    @Override
    public void happen(Disk disk) {
      after.applyTo(disk, directory);
    }

    @Override
    public void undo(Disk disk) {
      if (disk.stat(directory).filter(Stat::isDirectory).isPresent()) {
        before.applyTo(disk, directory);
      }
    }
  }

  /** What must be durable before the journal speaks of the effect; changes nothing but slots. */
  default void prepare(Disk disk) {}

  void happen(Disk disk);

  /**
   * Takes it back if it has happened; of effects on one object the later one is taken back first.
   */
  void undo(Disk disk);

  /**
   * Mode and owner of an object.
   *
   * @param mode permission bits, 12 bits
   */
  record Ownership(int mode, int uid, int gid) {
    static Ownership of(Stat stat) {
      return new Ownership(stat.mode(), stat.uid(), stat.gid());
    }

    static Ownership at(Disk disk, SafePath path) {
      return of(
          disk.stat(path)
              .orElseThrow(
                  () -> new NotFoundException("'" + disk.describe(path) + "' does not exist")));
    }

    /** Owner first: giving a file away clears its set-id bits. */
    void applyTo(Disk disk, SafePath path) {
      Stat now = disk.stat(path).orElseThrow();
      if (now.uid() != uid || now.gid() != gid) {
        disk.setOwner(path, uid, gid);
        disk.setMode(path, mode);
      } else if (now.mode() != mode) {
        disk.setMode(path, mode);
      }
    }
  }
}
