package emblema.smf.migrate;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.Optional;

/**
 * Checks that the roots of an area are what the configuration says, and makes what it lets make.
 */
record SharedRoots(Places places, MountTable mounts) {

  /**
   * Changes nothing.
   *
   * @return whether the shared root is there
   * @throws NotFoundException if it is missing and must not be made
   * @throws ConflictException if it is not a directory, not the mount point it should be, or open
   *     to others
   */
  boolean check(AreaPlaces at) {
    Disk disk = places.disk();
    Area area = at.area();
    boolean mounted = area.mount() && !places.isMapped(area.shared());
    Optional<Stat> shared = disk.stat(at.shared());
    if (shared.isEmpty()) {
      if (mounted || !area.create()) {
        throw new NotFoundException(
            "shared root '%s' does not exist".formatted(disk.describe(at.shared())),
            mounted
                ? "mount the shared file system there, or say 'mount = optional' in "
                    + area.source()
                : "make it, or say 'create = yes' in " + area.source());
      }
      return false;
    }
    if (!shared.get().isDirectory()) {
      throw new ConflictException(
          "shared root '%s' is not a directory".formatted(disk.describe(at.shared())),
          "name a real directory: links are not followed");
    }
    if (mounted && !mounts.isMountPoint(disk, at.shared())) {
      throw new ConflictException(
          "shared root '%s' is not mounted".formatted(disk.describe(at.shared())),
          "what was moved into the empty directory would stay in this boot environment",
          "mount the shared file system, or say 'mount = optional' in " + area.source());
    }
    Trust.of(area, places).check(disk, at.shared());
    return true;
  }

  /** The target for the top of the staging root; makes the shared root if need be. */
  StagingVisitor.Target open(AreaPlaces at) {
    Disk disk = places.disk();
    if (!check(at)) {
      make(at);
    }
    long device = disk.stat(at.shared()).orElseThrow().device();
    return new StagingVisitor.Target(at, at.shared(), device, at.shared());
  }

  private void make(AreaPlaces at) {
    Disk disk = places.disk();
    Area area = at.area();
    Accounts accounts = new Accounts(disk, places.environment());
    int uid = accounts.user(area.owner());
    int gid = accounts.group(area.group());
    SafePath parent = at.shared().parent().orElseThrow();
    StateDirectory.makeDirectories(disk, parent);
    disk.makeDirectory(at.shared(), 0700);
    Stat made = disk.stat(at.shared()).orElseThrow();
    if (disk.isPrivileged() && (made.uid() != uid || made.gid() != gid)) {
      disk.setOwner(at.shared(), uid, gid);
    }
    disk.setMode(at.shared(), area.mode());
    disk.sync(parent);
  }
}
