package emblema.core.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Bytes of an open file: read, write, copy with holes, share blocks. */
public final class FileContent {
  private static final long FICLONE = 0x40049409L;
  private static final long SEEK_CURRENT = 1;
  private static final long SEEK_DATA = 3;
  private static final long SEEK_HOLE = 4;
  private static final int ENXIO = 6;
  private static final int BUFFER = 256 * 1024;
  private static final long LARGEST_COPY = 1L << 30;

  private FileContent() {}

  /** Number of bytes read, 0 at the end. */
  public static int read(int fd, MemorySegment buffer, int length) throws OsException {
    return (int) Kernel.call(Syscall.READ, fd, buffer.address(), length);
  }

  /** Moves the place of the next read on; it may be beyond the end. */
  public static void skip(int fd, long count) throws OsException {
    Kernel.call(Syscall.LSEEK, fd, count, SEEK_CURRENT);
  }

  public static void writeFully(int fd, MemorySegment buffer, long length) throws OsException {
    long at = 0;
    while (at < length) {
      at += Kernel.call(Syscall.WRITE, fd, buffer.address() + at, length - at);
    }
  }

  /** Makes an empty file share all blocks of another; false where the file system cannot. */
  public static boolean share(int from, int to) throws OsException {
    try {
      Kernel.call(Syscall.IOCTL, to, FICLONE, from);
      return true;
    } catch (OsException e) {
      return switch (e.errno()) {
        case Errno.EOPNOTSUPP,
            Errno.EXDEV,
            Errno.EINVAL,
            Errno.ENOTTY,
            Errno.ENOSYS,
            Errno.EPERM,
            Errno.EACCES ->
            false;
        default -> throw e;
      };
    }
  }

  /** Copies everything into an empty file and keeps the holes. */
  public static void copy(int from, int to, long size) throws OsException {
    Kernel.call(Syscall.FTRUNCATE, to, size);
    long at = 0;
    while (at < size) {
      long data = seek(from, at, SEEK_DATA, size);
      if (data >= size) {
        return;
      }
      long hole = Math.min(size, seek(from, data, SEEK_HOLE, size));
      copyRange(from, to, data, hole);
      at = hole;
    }
  }

  private static long seek(int fd, long at, long what, long size) throws OsException {
    try {
      return Kernel.call(Syscall.LSEEK, fd, at, what);
    } catch (OsException e) {
      if (e.errno() == ENXIO) {
        return size;
      }
      if (e.errno() == Errno.EINVAL) {
        return what == SEEK_DATA ? at : size;
      }
      throw e;
    }
  }

  private static void copyRange(int from, int to, long start, long end) throws OsException {
    Kernel.call(Syscall.LSEEK, from, start, 0);
    Kernel.call(Syscall.LSEEK, to, start, 0);
    long left = end - start;
    boolean inKernel = true;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = null;
      while (left > 0) {
        long n;
        if (inKernel) {
          try {
            n =
                Kernel.call(
                    Syscall.COPY_FILE_RANGE, from, 0, to, 0, Math.min(left, LARGEST_COPY), 0);
          } catch (OsException e) {
            if (!isRefusal(e.errno())) {
              throw e;
            }
            inKernel = false;
            continue;
          }
        } else {
          if (buffer == null) {
            buffer = arena.allocate(ValueLayout.JAVA_BYTE, BUFFER);
          }
          n = read(from, buffer, (int) Math.min(left, BUFFER));
          writeFully(to, buffer, n);
        }
        if (n == 0) {
          return; // The file has become shorter while we read it.
        }
        left -= n;
      }
    }
  }

  private static boolean isRefusal(int errno) {
    return errno == Errno.EXDEV
        || errno == Errno.EINVAL
        || errno == Errno.ENOSYS
        || errno == Errno.EOPNOTSUPP
        || errno == Errno.EPERM;
  }
}
