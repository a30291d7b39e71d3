package emblema.smf.migrate;

import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a mount point from an ordinary directory: by the file system's number, and where a table in
 * the format of {@code /proc/self/mountinfo} is readable, by its lines (a bind mount has its
 * parent's number).
 */
public record MountTable(Path table) {
  private static final int MOUNT_POINT = 4;

  boolean isMountPoint(Disk disk, SafePath directory) {
    Optional<Long> above = directory.parent().flatMap(disk::stat).map(Stat::device);
    Optional<Long> here = disk.stat(directory).map(Stat::device);
    if (here.isPresent() && above.isPresent() && !here.equals(above)) {
      return true;
    }
    String wanted = disk.describe(directory);
    try {
      for (String line : OsNames.decode(Files.readAllBytes(table)).split("\n", -1)) {
        String[] fields = line.split(" ", -1);
        if (fields.length > MOUNT_POINT && octal(fields[MOUNT_POINT]).equals(wanted)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // No table on this system: the number alone decides.
    }
    return false;
  }

  /** Space, tab, line feed and backslash are written as three octal digits. */
  private static String octal(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
