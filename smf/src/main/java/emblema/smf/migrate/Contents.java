package emblema.smf.migrate;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** What two files hold, compared with bounded memory. */
final class Contents {
  private static final int BLOCK = 64 * 1024;

  private Contents() {}

  /** Whether the longer file begins with all that the shorter one holds. */
  static boolean startsWith(Disk disk, SafePath longer, SafePath shorter) {
    try (InputStream whole = disk.read(longer);
        InputStream start = disk.read(shorter)) {
      byte[] a = new byte[BLOCK];
      byte[] b = new byte[BLOCK];
      while (true) {
        int n = start.readNBytes(b, 0, BLOCK);
        if (n == 0) {
          return true;
        }
        if (whole.readNBytes(a, 0, n) < n || !Arrays.equals(a, 0, n, b, 0, n)) {
          return false;
        }
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot compare '%s' with '%s'".formatted(disk.describe(longer), disk.describe(shorter)),
          e.getMessage(),
          List.of(),
          e);
    }
  }
}
