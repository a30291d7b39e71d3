package emblema.flash.create;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Compares files byte by byte. */
final class SameContent {
  private static final int BUFFER = 1 << 17;

  private final byte[] one = new byte[BUFFER];
  private final byte[] other = new byte[BUFFER];

  /** Whether files of the same path hold the same. */
  boolean of(Disk first, Disk second, SafePath path) {
    try (InputStream a = first.read(path);
        InputStream b = second.read(path)) {
      while (true) {
        int n = a.readNBytes(one, 0, BUFFER);
        int m = b.readNBytes(other, 0, BUFFER);
        if (n != m || Arrays.mismatch(one, 0, n, other, 0, n) >= 0) {
          return false;
        }
        if (n < BUFFER) {
          return true;
        }
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot compare '" + first.describe(path) + "' with '" + second.describe(path) + "'",
          Objects.toString(e.getMessage(), null),
          List.of(),
          e);
    }
  }
}
