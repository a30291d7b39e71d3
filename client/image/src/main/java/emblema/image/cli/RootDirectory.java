package emblema.image.cli;

import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The directory of an image that is to be. */
final class RootDirectory {
  private RootDirectory() {}

  /** Opens it, made with the missing directories above it. */
  static Disk open(Path root) {
    @Nullable Path existing = root;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      throw new NotFoundException("there is no directory '" + root + "'");
    }
    if (!existing.equals(root)) {
      try (Disk disk = RealDisk.open(existing)) {
        SafePath at = SafePath.ROOT;
        for (Path name : existing.relativize(root)) {
          at = at.resolve(name.toString());
          disk.makeDirectory(at, 0755);
        }
      }
    }
    return RealDisk.open(root);
  }
}
