package emblema.smf.migrate;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;

/**
 * Who may own the top of a shared file system and write to it, so that nobody else can swap what
 * lies in a {@link WorkDirectory} there.
 *
 * @param owner a user besides root and this one
 * @param allowed permissions to write that the configuration grants to others
 */
record Trust(int owner, int allowed) {
  static Trust of(Area area, Places places) {
    return new Trust(
        new Accounts(places.disk(), places.environment()).user(area.owner()), area.mode());
  }

  /** A conflict if others may write to the directory, or it is known to belong to somebody else. */
  void check(Disk disk, SafePath top) {
    Stat stat = disk.stat(top).orElseThrow();
    if (isOpenToOthers(stat)) {
      throw new ConflictException(
          "'%s' is writable by others and not sticky (mode %04o)"
              .formatted(disk.describe(top), stat.mode()),
          "let only the directories below it be writable: chmod go-w " + disk.describe(top));
    }
    if (disk.isPrivileged()) {
      checkOwner(disk, top, 0);
    }
  }

  /**
   * @param self this process's user
   */
  void checkOwner(Disk disk, SafePath top, int self) {
    int uid = disk.stat(top).orElseThrow().uid();
    if (uid != 0 && uid != self && uid != owner) {
      throw new ConflictException(
          "'%s' belongs to user %d, who could swap files while they are moved"
              .formatted(disk.describe(top), uid),
          "give it to root, or name the owner in the configuration");
    }
  }

  boolean isOpenToOthers(Stat top) {
    return (top.mode() & 022 & ~allowed) != 0 && (top.mode() & 01000) == 0;
  }
}
