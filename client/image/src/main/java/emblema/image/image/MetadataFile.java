package emblema.image.image;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Small files of the image's metadata, each replaced whole. */
final class MetadataFile {
  private MetadataFile() {}

  /** Atomic and durable; mode and owner of an existing file are kept. */
  static void write(Disk disk, SafePath file, byte[] content) {
    Optional<Stat> before = disk.stat(file);
    SafePath parent = file.parent().orElse(SafePath.ROOT);
    SafePath fresh = parent.resolve(file.name() + ".new");
    Trees.make(disk, parent);
    Trees.remove(disk, fresh);
    int mode = before.map(Stat::mode).orElse(0644);
    try (OutputStream out = disk.create(fresh, mode)) {
      out.write(content);
    } catch (IOException e) {
      throw new StorageException(
          "cannot write '" + disk.describe(fresh) + "'", e.getMessage(), List.of(), e);
    }
    if (before.isPresent() && disk.isPrivileged()) {
      disk.setOwner(fresh, before.get().uid(), before.get().gid());
      disk.setMode(fresh, mode);
    }
    disk.sync(fresh);
    disk.rename(fresh, file);
    disk.sync(parent);
  }

  /** Makes an empty file if there is none and sets its time. */
  static void touch(Disk disk, SafePath file, Instant when) {
    if (disk.stat(file).isEmpty()) {
      try {
        disk.create(file, 0644).close();
      } catch (IOException e) {
        throw new StorageException(
            "cannot write '" + disk.describe(file) + "'", e.getMessage(), List.of(), e);
      }
    }
    long nanos = when.getEpochSecond() * 1_000_000_000L + when.getNano();
    disk.setTimes(file, nanos, nanos);
  }
}
