package emblema.store.file;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes a directory outside of any repository, with those above it. */
public final class NewDirectory {
  private NewDirectory() {}

  /** Opens the directory, made if it does not exist. */
  public static Disk make(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    Path existing = Objects.requireNonNull(absolute.getRoot());
    List<String> missing = new ArrayList<>();
    for (Path name : absolute) {
      if (missing.isEmpty() && Files.exists(existing.resolve(name))) {
        existing = existing.resolve(name);
      } else {
        missing.add(name.toString());
      }
    }
    if (!Files.isDirectory(existing)) {
      throw new ConflictException("'" + existing + "' is not a directory");
    }
    if (!missing.isEmpty()) {
      try (Disk disk = RealDisk.open(existing)) {
        SafePath directory = SafePath.ROOT;
        for (String name : missing) {
          directory = directory.resolve(name);
          disk.makeDirectory(directory, PublisherStore.DIRECTORY_MODE);
        }
        disk.sync(SafePath.ROOT);
      }
    }
    return RealDisk.open(absolute);
  }
}
