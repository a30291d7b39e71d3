package emblema.image.image;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.Optional;

/** Whole directories of the image's metadata. */
final class Trees {
  private Trees() {}

  /** Removes what is at the path, if anything; links are removed, never followed. */
  static void remove(Disk disk, SafePath path) {
    Optional<Stat> stat = disk.stat(path);
    if (stat.isEmpty()) {
      return;
    }
    if (!stat.get().isDirectory()) {
      disk.remove(path);
      return;
    }
    for (String name : disk.list(path)) {
      remove(disk, path.resolve(name));
    }
    disk.removeDirectory(path);
  }

  /** Makes a directory and those above it where they are missing. */
  static void make(Disk disk, SafePath directory) {
    if (directory.isRoot() || disk.stat(directory).isPresent()) {
      return;
    }
    directory.parent().ifPresent(parent -> make(disk, parent));
    disk.makeDirectory(directory, 0755);
  }
}
