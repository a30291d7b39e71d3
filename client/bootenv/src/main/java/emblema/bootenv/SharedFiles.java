package emblema.bootenv;

import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.FileCopy;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TemporaryNames;

/**
 * Files that may be the very same in several environments. They are never changed in place, neither
 * their content nor their mode, owner, times or attributes
 * (docs/formats/boot-environments-directory.md).
 */
public final class SharedFiles {
  private SharedFiles() {}

  /** Whether a change in place could be seen under another name. */
  public static boolean isShared(Stat stat) {
    return !stat.isDirectory() && stat.links() > 1;
  }

  /**
   * Gives a name a file of its own, with the same content and all that belongs to it, by one
   * rename; nothing happens if the file has no other name. Not synced: the caller's next sync does.
   */
  public static void breakLink(Disk disk, SafePath path) {
    Stat stat = disk.stat(path).orElse(null);
    if (stat == null || !isShared(stat)) {
      return;
    }
    SafePath copy = TemporaryNames.of(path);
    if (disk.stat(copy).isPresent()) {
      disk.remove(copy);
    }
    new FileCopy(disk, EventSink.QUIET).copy(path, copy);
    disk.rename(copy, path);
  }
}
