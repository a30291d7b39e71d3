package emblema.publisher.master;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A master tree in the making. */
record Tree(Path root) {

  interface Work {
    void run() throws IOException;
  }

  private Tree doing(Work work) {
    try {
      work.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tree file(String path, String text) {
    return doing(
        () -> {
          Path file = root.resolve(path);
          Files.createDirectories(file.getParent());
          Files.deleteIfExists(file);
          Files.write(file, text.getBytes(StandardCharsets.UTF_8));
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        });
  }

  /** An executable file. */
  Tree program(String path, byte[] content) {
    return doing(
        () -> {
          Path file = root.resolve(path);
          Files.createDirectories(file.getParent());
          Files.deleteIfExists(file);
          Files.write(file, content);
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        });
  }

  Tree program(String path, String text) {
    return program(path, text.getBytes(StandardCharsets.UTF_8));
  }

  Tree directory(String path) {
    return doing(() -> Files.createDirectories(root.resolve(path)));
  }

  Tree link(String path, String target) {
    return doing(
        () -> {
          Files.createDirectories(root.resolve(path).getParent());
          Files.createSymbolicLink(root.resolve(path), Path.of(target));
        });
  }

  Tree hardLink(String path, String existing) {
    return doing(
        () -> {
          Files.createDirectories(root.resolve(path).getParent());
          Files.createLink(root.resolve(path), root.resolve(existing));
        });
  }

  /** {@code rwxr-x---}. */
  Tree mode(String path, String permissions) {
    return doing(
        () ->
            Files.setPosixFilePermissions(
                root.resolve(path), PosixFilePermissions.fromString(permissions)));
  }

  Tree touch(String path, Instant when) {
    return doing(() -> Files.setLastModifiedTime(root.resolve(path), FileTime.from(when)));
  }

  /** Removes a path with everything below. */
  Tree remove(String path) {
    return doing(
        () ->
            Files.walkFileTree(
                root.resolve(path),
                new SimpleFileVisitor<>() {
                  @Override
                  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                      throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                  }

                  @Override
                  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                      throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                  }
                }));
  }

  Tree move(String from, String to) {
    return doing(
        () -> {
          Files.createDirectories(root.resolve(to).getParent());
          Files.move(root.resolve(from), root.resolve(to));
        });
  }

  /** A copy with the same times; hard links become files of their own. */
  Tree copy(Path to) {
    Copying copying = new Copying(root, to);
    doing(() -> Files.walkFileTree(root, copying));
    return new Tree(to);
  }

  private static final class Copying extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copying(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    private Path copyOf(Path path) {
      return to.resolve(from.relativize(path).toString());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectories(copyOf(directory));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.copy(file, copyOf(file), LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      Files.setPosixFilePermissions(copyOf(directory), Files.getPosixFilePermissions(directory));
      Files.setLastModifiedTime(copyOf(directory), Files.getLastModifiedTime(directory));
      return FileVisitResult.CONTINUE;
    }
  }
}
