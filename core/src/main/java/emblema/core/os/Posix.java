package emblema.core.os;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * File calls relative to an open directory. Names are bytes without NUL; a failure is an {@link
 * OsException}. None follows a symbolic link at the end of a name.
 */
public final class Posix {
  public static final int READ_ONLY = 0;
  public static final int WRITE_ONLY = 1;
  public static final int READ_WRITE = 2;
  public static final int CREATE = 0x40;
  public static final int EXCLUSIVE = 0x80;
  public static final int NO_TERMINAL = 0x100;
  public static final int APPEND = 0x400;
  public static final int NON_BLOCKING = 0x800;
  public static final int DIRECTORY = Kernel.IS_ARM ? 0x4000 : 0x10000;
  public static final int NO_FOLLOW = Kernel.IS_ARM ? 0x8000 : 0x20000;
  public static final int CLOSE_ON_EXEC = 0x80000;
  public static final int PATH_ONLY = 0x200000;

  public static final int RENAME_NO_REPLACE = 1;
  public static final int RENAME_EXCHANGE = 2;

  private static final long AT_SYMLINK_NOFOLLOW = 0x100;
  private static final long AT_REMOVEDIR = 0x200;
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final long RESOLVE_BENEATH = 0x08;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private Posix() {}

  public static int open(int directory, byte[] name, int flags, int mode) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      long text = scratch.text(name);
      return (int)
          Kernel.call(scratch, Syscall.OPENAT, directory, text, flags | CLOSE_ON_EXEC, mode);
    }
  }

  /** Opens a path of several names that stays below the directory and crosses no link. */
  public static int openBeneath(int directory, byte[] path, int flags) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment how = scratch.allocate(24);
      how.set(LONG, 0, flags | CLOSE_ON_EXEC);
      how.set(LONG, 8, 0);
      how.set(LONG, 16, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
      long text = scratch.text(path);
      return (int) Kernel.call(scratch, Syscall.OPENAT2, directory, text, how.address(), 24);
    }
  }

  /** Never fails: what close reports was reported by sync before, or never promised. */
  public static void close(int fd) {
    try {
      Kernel.call(Syscall.CLOSE, fd);
    } catch (OsException e) {
      // The descriptor is gone either way.
    }
  }

  public static void makeDirectory(int directory, byte[] name, int mode) throws OsException {
    named(Syscall.MKDIRAT, directory, name, mode, 0);
  }

  /** Sets all twelve mode bits; a symbolic link gives {@link Errno#EOPNOTSUPP}. */
  public static void setMode(int directory, byte[] name, int mode) throws OsException {
    try {
      named(Syscall.FCHMODAT2, directory, name, mode, AT_SYMLINK_NOFOLLOW);
    } catch (OsException e) {
      if (e.errno() != Errno.ENOSYS) {
        throw e;
      }
      // Before Linux 6.6: name the object by an open descriptor, which cannot be swapped.
      int fd = open(directory, name, PATH_ONLY | NO_FOLLOW, 0);
      try {
        byte[] proc = ("/proc/self/fd/" + fd).getBytes(StandardCharsets.US_ASCII);
        named(Syscall.FCHMODAT, Kernel.WORKING_DIRECTORY, proc, mode, 0);
      } finally {
        close(fd);
      }
    }
  }

  public static void setMode(int fd, int mode) throws OsException {
    Kernel.call(Syscall.FCHMOD, fd, mode);
  }

  public static void setOwner(int directory, byte[] name, int uid, int gid) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      long text = scratch.text(name);
      Kernel.call(scratch, Syscall.FCHOWNAT, directory, text, uid, gid, AT_SYMLINK_NOFOLLOW);
    }
  }

  /** Nanoseconds since the epoch. */
  public static void setTimes(int directory, byte[] name, long atime, long mtime)
      throws OsException {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment times = scratch.allocate(32);
      times.set(LONG, 0, Math.floorDiv(atime, 1_000_000_000L));
      times.set(LONG, 8, Math.floorMod(atime, 1_000_000_000L));
      times.set(LONG, 16, Math.floorDiv(mtime, 1_000_000_000L));
      times.set(LONG, 24, Math.floorMod(mtime, 1_000_000_000L));
      long text = scratch.text(name);
      Kernel.call(
          scratch, Syscall.UTIMENSAT, directory, text, times.address(), AT_SYMLINK_NOFOLLOW);
    }
  }

  public static void unlink(int directory, byte[] name) throws OsException {
    named(Syscall.UNLINKAT, directory, name, 0, 0);
  }

  public static void removeDirectory(int directory, byte[] name) throws OsException {
    named(Syscall.UNLINKAT, directory, name, AT_REMOVEDIR, 0);
  }

  /** The raw device is in the kernel's own encoding of {@code dev_t}. */
  public static void makeNode(int directory, byte[] name, int typeAndMode, long device)
      throws OsException {
    named(Syscall.MKNODAT, directory, name, typeAndMode, device);
  }

  public static void symlink(byte[] target, int directory, byte[] name) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      long from = scratch.text(target);
      Kernel.call(scratch, Syscall.SYMLINKAT, from, directory, scratch.text(name));
    }
  }

  public static void link(int oldDirectory, byte[] oldName, int directory, byte[] name)
      throws OsException {
    try (Scratch scratch = Scratch.take()) {
      long from = scratch.text(oldName);
      long to = scratch.text(name);
      Kernel.call(scratch, Syscall.LINKAT, oldDirectory, from, directory, to, 0);
    }
  }

  /**
   * @param flags 0, {@link #RENAME_NO_REPLACE} or {@link #RENAME_EXCHANGE}
   */
  public static void rename(int oldDirectory, byte[] oldName, int directory, byte[] name, int flags)
      throws OsException {
    try (Scratch scratch = Scratch.take()) {
      long from = scratch.text(oldName);
      long to = scratch.text(name);
      Kernel.call(scratch, Syscall.RENAMEAT2, oldDirectory, from, directory, to, flags);
    }
  }

  public static byte[] readLink(int directory, byte[] name) throws OsException {
    for (int size = 256; ; size *= 4) {
      try (Scratch scratch = Scratch.take()) {
        long text = scratch.text(name);
        MemorySegment buffer = scratch.allocate(size);
        int n =
            (int)
                Kernel.call(
                    scratch, Syscall.READLINKAT, directory, text, buffer.address(), (long) size);
        if (n < size) {
          return buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
        }
      }
    }
  }

  public static void sync(int fd) throws OsException {
    Kernel.call(Syscall.FSYNC, fd);
  }

  /** Makes the whole file system of the descriptor durable. */
  public static void syncFileSystem(int fd) throws OsException {
    Kernel.call(Syscall.SYNCFS, fd);
  }

  private static void named(Syscall call, int directory, byte[] name, long first, long second)
      throws OsException {
    try (Scratch scratch = Scratch.take()) {
      Kernel.call(scratch, call, directory, scratch.text(name), first, second);
    }
  }
}
