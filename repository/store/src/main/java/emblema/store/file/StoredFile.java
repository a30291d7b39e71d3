package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file that is sent as it is, without being read by us.
 *
 * @param size in bytes
 * @param modified with the file system's precision
 * @param identity tells two files of the same name apart, also where their times do not
 */
public record StoredFile(Path path, long size, Instant modified, String identity) {

  /** Nothing if there is none, or something else than a file. */
  public static Optional<StoredFile> find(Disk disk, SafePath file) {
    return disk.stat(file).filter(Stat::isFile).map(stat -> of(disk, file, stat));
  }

  private static StoredFile of(Disk disk, SafePath file, Stat stat) {
    return new StoredFile(
        disk.root().resolve(file.text()),
        stat.size(),
        Instant.ofEpochSecond(0, stat.mtime()),
        identity(stat.size(), stat.mtime(), stat.inode()));
  }

  private static String identity(long size, long mtime, long inode) {
    return Long.toHexString(size) + "-" + Long.toHexString(mtime) + "-" + Long.toHexString(inode);
  }

  /**
   * Whether the path still names this very file. Whoever has opened the path and then finds this
   * true has opened this file and no later one: replaced files do not come back.
   */
  public boolean isCurrent() {
    try {
      Map<String, Object> now =
          Files.readAttributes(path, "unix:ino,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
      return now.get("ino") instanceof Long inode
          && now.get("size") instanceof Long length
          && now.get("lastModifiedTime") instanceof FileTime time
          && identity.equals(identity(length, time.to(TimeUnit.NANOSECONDS), inode));
    } catch (IOException e) {
      return false;
    }
  }
}
