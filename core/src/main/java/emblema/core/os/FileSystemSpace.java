package emblema.core.os;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Room on a file system.
 *
 * @param freeBytes for ordinary processes
 * @param inodes in all, 0 where the file system has no such limit
 */
public record FileSystemSpace(long freeBytes, long totalBytes, long inodes, long freeInodes) {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  public static FileSystemSpace of(int fd) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment s = scratch.allocate(120);
      Kernel.call(scratch, Syscall.FSTATFS, fd, s.address());
      long unit = s.get(LONG, 72) > 0 ? s.get(LONG, 72) : s.get(LONG, 8);
      return new FileSystemSpace(
          s.get(LONG, 32) * unit, s.get(LONG, 16) * unit, s.get(LONG, 40), s.get(LONG, 48));
    }
  }
}
