package emblema.flash.deploy;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.nio.file.Path;

/** Whether a directory, by whatever name or mount, is the root of the running system. */
final class RunningSystem {
  private RunningSystem() {}

  static boolean is(Path directory) {
    try (Disk here = RealDisk.open(directory);
        Disk root = RealDisk.open(Path.of("/"))) {
      Stat one = here.stat(SafePath.ROOT).orElseThrow();
      Stat other = root.stat(SafePath.ROOT).orElseThrow();
      return one.device() == other.device() && one.inode() == other.inode();
    } catch (EmblemaException e) {
      return false; // Whoever opens it next says why it cannot be opened.
    }
  }
}
