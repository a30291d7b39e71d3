package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A file of a repository that is sent as it is, without being read by us.
 *
 * @param size in bytes
 * @param modified with the file system's precision
 * @param identity tells two files of the same name apart, also where their times do not
 */
public record StoredFile(Path path, long size, Instant modified, String identity) {

  static Optional<StoredFile> find(Disk disk, SafePath file) {
    return disk.stat(file).filter(Stat::isFile).map(stat -> of(disk, file, stat));
  }

  private static StoredFile of(Disk disk, SafePath file, Stat stat) {
    String identity =
        Long.toHexString(stat.size())
            + "-"
            + Long.toHexString(stat.mtime())
            + "-"
            + Long.toHexString(stat.inode());
    return new StoredFile(
        disk.root().resolve(file.text()),
        stat.size(),
        Instant.ofEpochSecond(0, stat.mtime()),
        identity);
  }
}
