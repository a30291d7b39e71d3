package emblema.image.image;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeRemoval;
import java.util.Optional;

/** Whole directories of the image's metadata. */
public final class Trees {
  private Trees() {}

  /** Removes what is at the path, if anything; links are removed, never followed. */
  public static void remove(Disk disk, SafePath path) {
    Optional<Stat> stat = disk.stat(path);
    if (stat.isPresent() && stat.get().isDirectory()) {
      TreeRemoval.remove(disk, path);
    } else if (stat.isPresent()) {
      disk.remove(path);
    }
  }

  /** Makes a directory and those above it where they are missing. */
  public static void make(Disk disk, SafePath directory) {
    if (directory.isRoot() || disk.stat(directory).isPresent()) {
      return;
    }
    directory.parent().ifPresent(parent -> make(disk, parent));
    disk.makeDirectory(directory, 0755);
  }
}
