package emblema.core.io;

import emblema.core.os.Errno;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The root of a {@link PlainDisk}: refuses links on the way and explains failures. */
final class PlainRoot {
  private final Path path;
  private final Path real;
  private final Set<SafePath> unsynced = new LinkedHashSet<>();

  private PlainRoot(Path path, Path real) {
    this.path = path;
    this.real = real;
  }

  static PlainRoot open(Path path) {
    Path absolute = path.toAbsolutePath();
    try {
      if (!Files.readAttributes(absolute, BasicFileAttributes.class).isDirectory()) {
        throw new NotDirectoryException(absolute.toString());
      }
      return new PlainRoot(absolute, absolute.toRealPath());
    } catch (IOException e) {
      throw DiskFailure.of("open", absolute, e);
    }
  }

  Path path() {
    return path;
  }

  @FunctionalInterface
  interface Look<T> {
    T on(Path path) throws IOException;
  }

  @FunctionalInterface
  interface Change {
    void on(Path path) throws IOException;
  }

  @FunctionalInterface
  interface Pair {
    void on(Path first, Path second) throws IOException;
  }

  <T> T call(String doing, SafePath below, Look<T> look) {
    Optional<Obstacle> obstacle = Obstacle.find(below, this::lookAt);
    if (obstacle.isPresent()) {
      throw inTheWay(doing, below, obstacle.get());
    }
    try {
      return look.on(RawPaths.below(real, below));
    } catch (IOException e) {
      throw DiskFailure.of(doing, describe(below), DiskFailure.errno(e), null, e);
    }
  }

  /** Changes something; the object and its directory wait for the next sync. */
  void run(String doing, SafePath below, Change change) {
    call(
        doing,
        below,
        p -> {
          change.on(p);
          return true;
        });
    changed(below);
  }

  /** Blames the first path for what is missing and the second for everything else. */
  void two(String doing, SafePath first, SafePath second, Pair pair) {
    call(
        doing,
        first,
        a -> {
          PlainStat.of(a);
          run(doing + " '" + describe(first) + "' to", second, b -> pair.on(a, b));
          return true;
        });
    changed(first);
  }

  Optional<Stat> stat(SafePath below) {
    Optional<Obstacle> obstacle = Obstacle.find(below, this::lookAt);
    if (obstacle.isEmpty()) {
      return lookAt(below);
    }
    if (obstacle.get().kind() == Stat.Kind.LINK) {
      throw inTheWay("look at", below, obstacle.get());
    }
    return Optional.empty();
  }

  private Optional<Stat> lookAt(SafePath below) {
    try {
      return Optional.of(PlainStat.of(RawPaths.below(real, below)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      int errno = DiskFailure.errno(e);
      if (errno == Errno.ENOTDIR) {
        return Optional.empty();
      }
      throw DiskFailure.of("look at", describe(below), errno, null, e);
    }
  }

  private RuntimeException inTheWay(String doing, SafePath below, Obstacle obstacle) {
    return DiskFailure.inTheWay(doing, describe(below), describe(obstacle.path()), obstacle.kind());
  }

  String describe(SafePath below) {
    return below.isRoot() ? path.toString() : path + "/" + below.text();
  }

  private void changed(SafePath below) {
    synchronized (unsynced) {
      unsynced.add(below);
      below.parent().ifPresent(unsynced::add);
    }
  }

  void sync(SafePath below) {
    call(
        "make durable",
        below,
        p -> {
          force(p);
          return true;
        });
  }

  /** Syncs one by one what was changed through this root since the last time. */
  void syncAll() {
    List<SafePath> waiting;
    synchronized (unsynced) {
      waiting = List.copyOf(unsynced);
      unsynced.clear();
    }
    for (SafePath below : waiting) {
      Optional<Stat> found = stat(below);
      if (found.isPresent() && (found.get().isFile() || found.get().isDirectory())) {
        sync(below);
      }
    }
  }

  private static void force(Path p) throws IOException {
    try (FileChannel channel = FileChannel.open(p, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
