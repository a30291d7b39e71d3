package emblema.flash.manifest;

import emblema.core.io.Stat;

/**
 * What a manifest says of one object, or what one object on disk is.
 *
 * @param mode the whole {@code st_mode}: type bits and twelve bits of permissions
 * @param uid a number, as 32 bits
 * @param gid a number, as 32 bits
 * @param target of a symbolic link; else empty
 * @param mtime seconds since the epoch as 32 bits; 0 for directories and links, whose times are not
 *     compared
 * @param size bytes, or {@link #ANY_SIZE}
 */
public record ObjectState(int mode, int uid, int gid, String target, int mtime, long size) {
  /** The size is not compared: of devices and FIFOs it means nothing. */
  public static final long ANY_SIZE = -1;

  private static final int TYPE = 0xF000;
  private static final int DIRECTORY = 0x4000;
  private static final int LINK = 0xA000;
  private static final int FILE = 0x8000;
  private static final long NANOSECONDS = 1_000_000_000L;

  /** Keeps only what a manifest has for an object of this type, so that states can be compared. */
  public ObjectState {
    boolean hasTime = (mode & TYPE) != DIRECTORY && (mode & TYPE) != LINK;
    target = (mode & TYPE) == LINK ? target : "";
    mtime = hasTime ? mtime : 0;
    size = hasTime && size >= 0 ? size : ANY_SIZE;
  }

  /**
   * Of an object on disk.
   *
   * @param target of a symbolic link; else anything
   */
  public static ObjectState of(Stat stat, String target) {
    return new ObjectState(
        type(stat.kind()) | stat.mode(),
        stat.uid(),
        stat.gid(),
        target,
        (int) Math.floorDiv(stat.mtime(), NANOSECONDS),
        stat.isFile() ? stat.size() : ANY_SIZE);
  }

  private static int type(Stat.Kind kind) {
    return switch (kind) {
      case FILE -> FILE;
      case DIRECTORY -> DIRECTORY;
      case LINK -> LINK;
      case FIFO -> 0x1000;
      case CHARACTER -> 0x2000;
      case BLOCK -> 0x6000;
      case SOCKET -> 0xC000;
    };
  }

  public boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  public boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  /** Whether an object is as a manifest wants it; sizes that are not compared always agree. */
  public boolean agreesWith(ObjectState other) {
    return mode == other.mode
        && uid == other.uid
        && gid == other.gid
        && target.equals(other.target)
        && mtime == other.mtime
        && (size == ANY_SIZE || other.size == ANY_SIZE || size == other.size);
  }
}
