package emblema.core.io;

import emblema.core.error.EmblemaException;
import emblema.core.os.Kernel;
import emblema.core.os.Mount;
import emblema.core.os.OsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One line of the process's mount table.
 *
 * @param source the directory of the file system that is mounted, as a path within that file system
 * @param target where it is mounted, absolute
 * @param fileSystem its type, {@code ext4}; empty where the table does not say
 */
public record MountPoint(String source, String target, String fileSystem) {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  /** In mount order; empty where there is no mount table to read. */
  public static List<MountPoint> all() {
    List<MountPoint> all = new ArrayList<>();
    try {
      String table = OsNames.decode(Files.readAllBytes(TABLE));
      for (String line : table.split("\n", -1)) {
        String[] fields = line.split(" ", -1);
        if (fields.length > 5) {
          all.add(new MountPoint(unescape(fields[3]), unescape(fields[4]), type(fields)));
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return all;
  }

  /** Behind a lone dash, after any number of optional fields. */
  private static String type(String[] fields) {
    for (int i = 6; i + 1 < fields.length; i++) {
      if (fields[i].equals("-")) {
        return fields[i + 1];
      }
    }
    return "";
  }

  /** Whether this process can make bind mounts at all (it may still lack the privilege). */
  public static boolean canBind() {
    return Kernel.isAvailable();
  }

  /** Makes a directory visible at another one. */
  public static void bind(Path source, Path target) {
    try {
      Mount.bind(RawPaths.bytes(source), RawPaths.bytes(target));
    } catch (OsException e) {
      throw failure("mount '" + source + "' on", target, e);
    }
  }

  public static void unmount(Path target) {
    try {
      Mount.unmount(RawPaths.bytes(target));
    } catch (OsException e) {
      throw failure("unmount", target, e);
    }
  }

  private static EmblemaException failure(String doing, Path path, OsException e) {
    return DiskFailure.of(doing, path.toString(), e.errno(), null, null);
  }

  /** Space, tab, line feed and backslash are written as three octal digits. */
  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    byte[] bytes = OsNames.encode(text);
    byte[] plain = new byte[bytes.length];
    int n = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\\' && i + 3 < bytes.length) {
        String digits = new String(bytes, i + 1, 3, StandardCharsets.US_ASCII);
        plain[n++] = (byte) Integer.parseInt(digits, 8);
        i += 3;
      } else {
        plain[n++] = bytes[i];
      }
    }
    return OsNames.decode(Arrays.copyOf(plain, n));
  }
}
