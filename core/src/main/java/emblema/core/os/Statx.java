package emblema.core.os;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What {@code statx} tells about one object.
 *
 * @param typeAndMode as in {@code st_mode}
 * @param device major in the high 32 bits, minor in the low; so is rawDevice
 * @param blocks of 512 bytes
 * @param attributes the kernel's {@code STATX_ATTR} bits
 * @param mtime nanoseconds since the epoch; so are atime and ctime
 */
public record Statx(
    int typeAndMode,
    int uid,
    int gid,
    long size,
    long links,
    long device,
    long inode,
    long rawDevice,
    long blocks,
    long attributes,
    long mtime,
    long atime,
    long ctime) {
  /** Neither changed, renamed nor removed, or only appended to: {@code chattr +i}, {@code +a}. */
  public static final long IMMUTABLE_OR_APPEND = 0x30;

  private static final long BASIC = 0x7ff;
  private static final long AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int SIZE = 256;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  /** Of a name in an open directory; a symbolic link is not followed. */
  public static Statx of(int directory, byte[] name) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment into = scratch.allocate(SIZE);
      long text = scratch.text(name);
      Kernel.call(
          scratch, Syscall.STATX, directory, text, AT_SYMLINK_NOFOLLOW, BASIC, into.address());
      return read(into);
    }
  }

  private static Statx read(MemorySegment s) {
    return new Statx(
        s.get(ValueLayout.JAVA_SHORT, 28) & 0xFFFF,
        s.get(INT, 20),
        s.get(INT, 24),
        s.get(LONG, 40),
        s.get(INT, 16) & 0xFFFFFFFFL,
        pair(s, 136),
        s.get(LONG, 32),
        pair(s, 128),
        s.get(LONG, 48),
        s.get(LONG, 8),
        time(s, 112),
        time(s, 64),
        time(s, 96));
  }

  private static long pair(MemorySegment s, long offset) {
    return ((long) s.get(INT, offset) << 32) | (s.get(INT, offset + 4) & 0xFFFFFFFFL);
  }

  /** Times beyond the years 1677 and 2262 stop at the nearest nanosecond that a long holds. */
  private static long time(MemorySegment s, long offset) {
    long seconds = s.get(LONG, offset);
    long nanos = s.get(INT, offset + 8) & 0xFFFFFFFFL;
    try {
      return Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), nanos);
    } catch (ArithmeticException e) {
      return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
