package emblema.core.io;

import emblema.core.error.EmblemaException;
import emblema.core.os.DirectoryNames;
import emblema.core.os.Errno;
import emblema.core.os.FileSystemSpace;
import emblema.core.os.Kernel;
import emblema.core.os.OsException;
import emblema.core.os.Posix;
import emblema.core.os.Statx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The opened root directory: runs calls on a {@link Place} in it and explains their failures. */
final class NativeRoot implements AutoCloseable {
  private final Path path;
  private final int fd;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final HeldDirectories held = new HeldDirectories();

  private NativeRoot(Path path, int fd) {
    this.path = path;
    this.fd = fd;
  }

  static Optional<NativeRoot> open(Path path) {
    if (!Kernel.isAvailable()) {
      return Optional.empty();
    }
    int fd = -1;
    try {
      byte[] name = RawPaths.bytes(path);
      fd = Posix.open(Kernel.WORKING_DIRECTORY, name, Posix.READ_ONLY | Posix.DIRECTORY, 0);
      Posix.close(Posix.openBeneath(fd, new byte[] {'.'}, Posix.PATH_ONLY | Posix.DIRECTORY));
      return Optional.of(new NativeRoot(path, fd));
    } catch (OsException e) {
      if (fd >= 0) {
        Posix.close(fd);
        return Optional.empty(); // A kernel, or a sandbox, that does not know openat2.
      }
      throw DiskFailure.of("open", path.toString(), e.errno(), null, null);
    }
  }

  Path path() {
    return path;
  }

  int fd() {
    return fd;
  }

  HeldDirectories held() {
    return held;
  }

  @FunctionalInterface
  interface Look<T> {
    T on(Place place) throws OsException;
  }

  @FunctionalInterface
  interface Change {
    void on(Place place) throws OsException;
  }

  @FunctionalInterface
  interface Pair {
    void on(Place first, Place second) throws OsException;
  }

  <T> T call(String doing, SafePath path, Look<T> look) {
    try (Place place = Place.of(fd, held, path)) {
      return look.on(place);
    } catch (OsException e) {
      throw failure(doing, path, e);
    }
  }

  void run(String doing, SafePath path, Change change) {
    try (Place place = Place.of(fd, held, path)) {
      change.on(place);
    } catch (OsException e) {
      throw failure(doing, path, e);
    }
  }

  /** Blames the first path for what is missing and the second for everything else. */
  void two(String doing, SafePath first, SafePath second, Pair pair) {
    try (Place one = Place.of(fd, held, first)) {
      try (Place other = Place.of(fd, held, second)) {
        try {
          pair.on(one, other);
        } catch (OsException e) {
          String what = doing + " '" + describe(first) + "' to";
          throw e.errno() == Errno.ENOENT ? failure(doing, first, e) : failure(what, second, e);
        }
      } catch (OsException e) {
        throw failure(doing + " to", second, e);
      }
    } catch (OsException e) {
      throw failure(doing, first, e);
    }
  }

  Optional<Stat> stat(SafePath path) {
    try (Place place = Place.of(fd, held, path)) {
      return Optional.of(StatModes.stat(Statx.of(place.directory(), place.name())));
    } catch (OsException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      if (e.errno() == Errno.ENOTDIR) {
        Optional<Obstacle> obstacle = Obstacle.find(path, this::stat);
        if (obstacle.isEmpty() || obstacle.get().kind() != Stat.Kind.LINK) {
          return Optional.empty();
        }
      }
      throw failure("look at", path, e);
    }
  }

  Function<OsException, EmblemaException> failures(String doing, SafePath path) {
    return e -> failure(doing, path, e);
  }

  EmblemaException failure(String doing, SafePath path, OsException e) {
    int errno = e.errno();
    if (errno == Errno.ELOOP || errno == Errno.ENOTDIR) {
      Optional<Obstacle> obstacle = Obstacle.find(path, this::stat);
      if (obstacle.isPresent()) {
        return DiskFailure.inTheWay(
            doing, describe(path), describe(obstacle.get().path()), obstacle.get().kind());
      }
    }
    Disk.Space figures = null;
    if (errno == Errno.ENOSPC || errno == Errno.EDQUOT) {
      figures = space();
    }
    return DiskFailure.of(doing, describe(path), errno, figures, null);
  }

  private Disk.Space space() {
    try {
      return space(fd);
    } catch (OsException e) {
      return new Disk.Space(0, 0, Long.MAX_VALUE, 0);
    }
  }

  private String describe(SafePath below) {
    return below.isRoot() ? path.toString() : path + "/" + below.text();
  }

  /** Sorted by code point. */
  static List<String> names(int open) throws OsException {
    List<String> names = new ArrayList<>();
    for (byte[] name : DirectoryNames.read(open)) {
      names.add(OsNames.decode(name));
    }
    names.sort(OsNames::compare);
    return names;
  }

  static Disk.Space space(int open) throws OsException {
    FileSystemSpace s = FileSystemSpace.of(open);
    boolean isCounted = s.inodes() != 0;
    return new Disk.Space(
        s.freeBytes(),
        s.totalBytes(),
        isCounted ? s.freeInodes() : Long.MAX_VALUE,
        isCounted ? s.inodes() - s.freeInodes() : 0);
  }

  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      held.forget("");
      Posix.close(fd);
    }
  }
}
