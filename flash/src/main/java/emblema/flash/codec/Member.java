package emblema.flash.codec;

import java.util.Map;

/**
 * One object in a cpio or pax stream.
 *
 * @param path relative, without leading slash or dot, as far as the archive says
 * @param kind what it is
 * @param mode permission bits with set-id and sticky bits
 * @param size of the content in bytes; of a link none
 * @param mtime seconds since the epoch
 * @param target of a symbolic link, or the earlier name that a hard link in pax repeats; else empty
 * @param links how many names the object has
 * @param device together with {@code inode} tells the names of one object in cpio; 0 in pax
 * @param rawDevice of a device node: major in the high 32 bits, minor in the low
 * @param attributes extended attributes, access control lists among them: name to value; cpio has
 *     none
 */
public record Member(
    String path,
    Kind kind,
    int mode,
    long uid,
    long gid,
    long size,
    long mtime,
    String target,
    long links,
    long device,
    long inode,
    long rawDevice,
    Map<String, byte[]> attributes) {

  /** One without attributes. */
  public Member(
      String path,
      Kind kind,
      int mode,
      long uid,
      long gid,
      long size,
      long mtime,
      String target,
      long links,
      long device,
      long inode,
      long rawDevice) {
    this(
        path, kind, mode, uid, gid, size, mtime, target, links, device, inode, rawDevice, Map.of());
  }

  /** Kinds of members. */
  public enum Kind {
    FILE(0x8000),
    DIRECTORY(0x4000),
    LINK(0xA000),
    /** Another name of an earlier member, only in pax. */
    HARD_LINK(0x8000),
    CHARACTER(0x2000),
    BLOCK(0x6000),
    FIFO(0x1000),
    SOCKET(0xC000),
    /** Solaris' records of ACLs and attributes, and whatever else nobody knows. */
    OTHER(0);

    private final int bits;

    Kind(int bits) {
      this.bits = bits;
    }

    int bits() {
      return bits;
    }

    static Kind of(int mode) {
      for (Kind kind : values()) {
        if (kind != HARD_LINK && kind != OTHER && kind.bits == (mode & 0xF000)) {
          return kind;
        }
      }
      return OTHER;
    }
  }

  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /** The same, but no younger than a time in seconds since the epoch. */
  public Member notAfter(long latest) {
    return mtime <= latest
        ? this
        : new Member(
            path,
            kind,
            mode,
            uid,
            gid,
            size,
            latest,
            target,
            links,
            device,
            inode,
            rawDevice,
            attributes);
  }

  /** Without what some writers put before relative names, and slashes at the end. */
  static String relative(String name) {
    int start = 0;
    while (start < name.length()) {
      if (name.charAt(start) == '/') {
        start++;
      } else if (name.startsWith("./", start)) {
        start += 2;
      } else {
        break;
      }
    }
    int end = name.length();
    while (end > start && name.charAt(end - 1) == '/') {
      end--;
    }
    String rest = name.substring(start, end);
    return rest.equals(".") ? "" : rest;
  }
}
