package emblema.smf.migrate;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.LockedException;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.FileLock;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.Optional;

/**
 * A directory at the top of a shared file system that only its owner can enter. Copies and new
 * directories get their content and metadata here and are renamed to their places when complete, so
 * that no name that others could swap is ever given an owner or a mode.
 */
final class WorkDirectory implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String LOCKED = "working directory";

  /** Takes locks in the name of this process. */
  interface Locks {
    FileLock acquire(SafePath file, String what);
  }

  private final Disk disk;
  private final SafePath path;
  private final FileLock lock;
  private long next;

  private WorkDirectory(Disk disk, SafePath path, FileLock lock) {
    this.disk = disk;
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes one.
   *
   * @param top the directory at the top of the file system
   * @param token makes the name unique
   * @throws ConflictException if others could swap the directory
   */
  static WorkDirectory open(Disk disk, SafePath top, String token, Trust trust, Locks locks) {
    trust.check(disk, top);
    SafePath path = top.resolve(Collisions.RESERVED + token);
    disk.makeDirectory(path, 0700);
    int self = disk.stat(path).map(Stat::uid).orElse(-1);
    try {
      trust.checkOwner(disk, top, self);
    } catch (ConflictException e) {
      disk.removeDirectory(path);
      throw e;
    }
    return new WorkDirectory(disk, path, locks.acquire(path.resolve(LOCK), LOCKED));
  }

  /** Removes the working directories of runs that are gone. */
  static void sweep(Disk disk, SafePath top, Trust trust, Locks locks) {
    if (trust.isOpenToOthers(disk.stat(top).orElseThrow())) {
      return; // Nothing of ours was ever made here.
    }
    for (String name : disk.list(top)) {
      if (name.startsWith(Collisions.RESERVED)) {
        SafePath old = top.resolve(name);
        Optional<Stat> stat = disk.stat(old);
        boolean isOurs =
            stat.isPresent()
                && stat.get().isDirectory()
                && stat.get().mode() == 0700
                && (stat.get().uid() == 0 || !disk.isPrivileged());
        if (isOurs) {
          sweepOne(disk, old, locks);
        }
      }
    }
  }

  private static void sweepOne(Disk disk, SafePath old, Locks locks) {
    try (FileLock taken = locks.acquire(old.resolve(LOCK), LOCKED)) {
      empty(disk, old);
    } catch (LockedException e) {
      return; // Its owner lives: another environment or zone that shares this file system.
    }
    disk.removeDirectory(old);
  }

  private static void empty(Disk disk, SafePath directory) {
    for (String name : disk.list(directory)) {
      SafePath path = directory.resolve(name);
      if (disk.stat(path).filter(Stat::isDirectory).isPresent()) {
        disk.removeDirectory(path);
      } else {
        disk.remove(path);
      }
    }
  }

  /** A name that nothing has had before. */
  SafePath freshName() {
    return path.resolve(String.valueOf(next++));
  }

  /** Removes an unfinished object, if it is there. */
  void discard(SafePath object) {
    Optional<Stat> stat = disk.stat(object);
    if (stat.isPresent() && stat.get().isDirectory()) {
      disk.removeDirectory(object);
    } else if (stat.isPresent()) {
      disk.remove(object);
    }
  }

  /** Removes the directory, unless somebody took it away. */
  @Override
  public void close() {
    try (lock) {
      empty(disk, path);
      disk.removeDirectory(path);
    } catch (AccessException | ConflictException | NotFoundException e) {
      return; // The next run sweeps what there is.
    }
  }
}
