package emblema.publisher.cli;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes a directory with what is missing above it. */
final class DirectoryMaker {
  private DirectoryMaker() {}

  /** The directory, or nothing if it cannot be made. */
  static Optional<Path> make(Path directory) {
    try {
      require(directory);
      return Optional.of(directory);
    } catch (EmblemaException e) {
      return Optional.empty();
    }
  }

  /** The directory; an error if it cannot be made. */
  static void require(Path directory) {
    Path existing = directory.toAbsolutePath().normalize();
    while (!Files.isDirectory(existing)) {
      Path parent = existing.getParent();
      if (parent == null) {
        return;
      }
      existing = parent;
    }
    try (Disk disk = RealDisk.open(existing)) {
      SafePath path = SafePath.ROOT;
      for (Path name : existing.relativize(directory.toAbsolutePath().normalize())) {
        if (!name.toString().isEmpty()) {
          path = path.resolve(name.toString());
          disk.makeDirectory(path, 0755);
        }
      }
    }
  }
}
