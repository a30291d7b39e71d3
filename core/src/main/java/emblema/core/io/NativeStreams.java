package emblema.core.io;

import emblema.core.error.EmblemaException;
import emblema.core.os.Errno;
import emblema.core.os.FileContent;
import emblema.core.os.OsException;
import emblema.core.os.Posix;
import emblema.core.os.Statx;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.function.Function;

/**
 * Opens files for their content. Only regular files are opened: a pipe would block, a device act.
 */
final class NativeStreams {
  /** Flags to open a directory for listing or syncing. */
  static final int LIST = Posix.READ_ONLY | Posix.DIRECTORY | Posix.NO_FOLLOW;

  private static final int SAFE = Posix.NO_FOLLOW | Posix.NON_BLOCKING | Posix.NO_TERMINAL;
  private static final int NEW =
      Posix.WRITE_ONLY | Posix.CREATE | Posix.EXCLUSIVE | Posix.NO_FOLLOW;

  private NativeStreams() {}

  static InputStream read(Place at, String path, Function<OsException, EmblemaException> failures)
      throws OsException {
    return new NativeInput(openForReading(at, path), failures);
  }

  static OutputStream create(Place at, int mode, Function<OsException, EmblemaException> failures)
      throws OsException {
    return new NativeOutput(createFile(at, mode), failures);
  }

  static OutputStream append(
      Place at, String path, Function<OsException, EmblemaException> failures) throws OsException {
    mustBeFile(at, "append to", path);
    int fd = Posix.open(at.directory(), at.name(), Posix.WRITE_ONLY | Posix.APPEND | SAFE, 0);
    return new NativeOutput(fd, failures);
  }

  static void patch(Place at, String path, long offset, byte[] bytes) throws OsException {
    long size = mustBeFile(at, "overwrite", path);
    Objects.checkFromIndexSize(offset, bytes.length, size);
    int fd = Posix.open(at.directory(), at.name(), Posix.WRITE_ONLY | SAFE, 0);
    try (Arena arena = Arena.ofConfined()) {
      FileContent.skip(fd, offset);
      MemorySegment buffer = arena.allocate(Math.max(1, bytes.length));
      MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes.length);
      FileContent.writeFully(fd, buffer, bytes.length);
    } finally {
      Posix.close(fd);
    }
  }

  /** A copy that fails is removed again. */
  static void clone(Place from, Place to, int mode, String path) throws OsException {
    copy(
        from,
        to,
        mode,
        path,
        (in, out, size) -> {
          if (size > 0 && !FileContent.share(in, out)) {
            FileContent.copy(in, out, size);
          }
          return true;
        });
  }

  /** False, and nothing is there, where blocks cannot be shared. */
  static boolean share(Place from, Place to, int mode, String path) throws OsException {
    return copy(from, to, mode, path, (in, out, size) -> FileContent.share(in, out));
  }

  @FunctionalInterface
  private interface Fill {
    boolean fill(int in, int out, long size) throws OsException;
  }

  private static boolean copy(Place from, Place to, int mode, String path, Fill fill)
      throws OsException {
    long size = mustBeFile(from, "copy", path);
    int in = Posix.open(from.directory(), from.name(), Posix.READ_ONLY | SAFE, 0);
    try {
      int out = createFile(to, mode);
      boolean isFilled = false;
      try {
        isFilled = fill.fill(in, out, size);
        return isFilled;
      } finally {
        Posix.close(out);
        if (!isFilled) {
          Posix.unlink(to.directory(), to.name());
        }
      }
    } finally {
      Posix.close(in);
    }
  }

  /** Opens the nearest thing that can be opened: the object, or the directory that holds it. */
  static void syncFileSystem(Place at) throws OsException {
    Stat.Kind kind = StatModes.stat(Statx.of(at.directory(), at.name())).kind();
    byte[] name = kind == Stat.Kind.DIRECTORY ? at.name() : new byte[] {'.'};
    int fd = Posix.open(at.directory(), name, Posix.READ_ONLY | Posix.DIRECTORY, 0);
    try {
      Posix.syncFileSystem(fd);
    } finally {
      Posix.close(fd);
    }
  }

  static void sync(Place at, int root) throws OsException {
    Statx found = Statx.of(at.directory(), at.name());
    Stat.Kind kind = StatModes.kind(found.typeAndMode());
    if (kind != Stat.Kind.FILE && kind != Stat.Kind.DIRECTORY) {
      Posix.syncFileSystem(root); // A link or a node cannot be opened for itself.
      return;
    }
    int fd;
    try {
      fd = Posix.open(at.directory(), at.name(), Posix.READ_ONLY | SAFE, 0);
    } catch (OsException e) {
      if (e.errno() != Errno.EACCES) {
        throw e;
      }
      Posix.syncFileSystem(root); // Unreadable for its owner, durable all the same.
      return;
    }
    try {
      Posix.sync(fd);
    } finally {
      Posix.close(fd);
    }
  }

  private static int openForReading(Place at, String path) throws OsException {
    mustBeFile(at, "read", path);
    return Posix.open(at.directory(), at.name(), Posix.READ_ONLY | SAFE, 0);
  }

  /** Exactly this mode, whatever the umask. */
  private static int createFile(Place at, int mode) throws OsException {
    int fd = Posix.open(at.directory(), at.name(), NEW, mode & 0700);
    try {
      Posix.setMode(fd, mode);
      return fd;
    } catch (OsException e) {
      Posix.close(fd);
      throw e;
    }
  }

  private static long mustBeFile(Place at, String doing, String path) throws OsException {
    Statx found = Statx.of(at.directory(), at.name());
    Stat.Kind kind = StatModes.kind(found.typeAndMode());
    if (kind != Stat.Kind.FILE) {
      throw DiskFailure.wrongKind(doing, path, kind);
    }
    return found.size();
  }
}
