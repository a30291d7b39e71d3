package emblema.image.change;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.image.plan.SpaceNeed;
import java.util.List;

/** Refuses a plan that does not fit, with figures, before anything changes. */
final class SpaceCheck {
  private SpaceCheck() {}

  static void require(Disk disk, SpaceNeed need) {
    Disk.Space space = disk.space(SafePath.ROOT);
    if (need.withReserve() > space.freeBytes()) {
      throw tooSmall(
          disk, "bytes", need.withReserve(), space.freeBytes(), "free some space and try again");
    }
    if (need.inodes() > space.freeInodes()) {
      throw tooSmall(
          disk,
          "inodes",
          need.inodes(),
          space.freeInodes(),
          "remove some files, however small, and try again");
    }
  }

  private static StorageException tooSmall(
      Disk disk, String unit, long needed, long available, String hint) {
    return new StorageException(
        "not enough space on the file system of '" + disk.root() + "'",
        "needed:    " + needed + " " + unit + "\navailable: " + available + " " + unit,
        List.of(hint),
        null);
  }
}
