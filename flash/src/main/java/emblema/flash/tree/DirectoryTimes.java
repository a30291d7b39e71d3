package emblema.flash.tree;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.HashMap;
import java.util.Map;

/**
 * The times of directories in which something changes, to be given back: an update must not be seen
 * in directories that the archive says nothing about. Memory grows with their number.
 */
public final class DirectoryTimes {
  private final Disk disk;
  private final Map<SafePath, Times> times = new HashMap<>();

  private record Times(long access, long change) {}

  public DirectoryTimes(Disk disk) {
    this.disk = disk;
  }

  /** Before something in the directory that holds the path is made or removed. */
  public void beforeChangeOf(SafePath path) {
    SafePath directory = path.parent().orElse(SafePath.ROOT);
    if (!times.containsKey(directory)) {
      disk.stat(directory)
          .filter(Stat::isDirectory)
          .ifPresent(stat -> times.put(directory, new Times(stat.atime(), stat.mtime())));
    }
  }

  /** The directory has new times of its own, in nanoseconds since the epoch. */
  void set(SafePath directory, long time) {
    times.put(directory, new Times(time, time));
  }

  /** Gives them back where the directory is still there; may be called again. */
  public void restore() {
    times.forEach(
        (directory, remembered) -> {
          if (isThere(directory)) {
            disk.setTimes(directory, remembered.access(), remembered.change());
          }
        });
  }

  private boolean isThere(SafePath directory) {
    try {
      return disk.stat(directory).filter(Stat::isDirectory).isPresent();
    } catch (ConflictException e) {
      return false; // Something else stands on the way by now.
    }
  }
}
