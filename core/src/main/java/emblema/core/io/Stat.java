package emblema.core.io;

/**
 * What a file system says about one object; symbolic links are not followed.
 *
 * @param mode permission bits, 12 bits
 * @param size bytes
 * @param links number of hard links
 * @param device the file system, as a number comparable within one boot
 * @param rawDevice for device nodes: major in the high 32 bits, minor in the low
 * @param allocated bytes of storage in use (less than size: holes)
 * @param fixed whether even its owner cannot replace it ({@code chattr +i} or {@code +a}), where
 *     the kernel says so
 * @param mtime nanoseconds since the epoch; so are atime and ctime
 */
public record Stat(
    Kind kind,
    int mode,
    int uid,
    int gid,
    long size,
    long links,
    long device,
    long inode,
    long rawDevice,
    long allocated,
    boolean fixed,
    long mtime,
    long atime,
    long ctime) {

  public enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    FIFO,
    CHARACTER,
    BLOCK,
    SOCKET
  }

  public boolean isFile() {
    return kind == Kind.FILE;
  }

  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  public boolean isLink() {
    return kind == Kind.LINK;
  }
}
