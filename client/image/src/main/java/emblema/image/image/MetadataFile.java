package emblema.image.image;

import emblema.core.error.StorageException;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Small files of the image's metadata. */
final class MetadataFile {
  private MetadataFile() {}

  /** Replaces a file whole, atomically and durably; its mode is kept. */
  static void write(Disk disk, SafePath file, byte[] content) {
    file.parent().ifPresent(parent -> Trees.make(disk, parent));
    int mode = disk.stat(file).map(Stat::mode).orElse(0644);
    AtomicFile.write(disk, file, mode, content, Durability.FULL);
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
