package emblema.core.io;

import emblema.core.os.OsException;
import emblema.core.os.Posix;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An object named as a name in a directory that is held open: whoever swaps a directory on the way
 * for a link afterwards has no effect.
 */
final class Place implements AutoCloseable {
  /** Below PATH_MAX (4096), which bounds one call; longer paths are opened in pieces. */
  private static final int LONGEST_CALL = 4000;

  private static final byte[] SELF = ".".getBytes(StandardCharsets.US_ASCII);

  private final int root;
  private final int directory;
  private final byte[] name;

  private Place(int root, int directory, byte[] name) {
    this.root = root;
    this.directory = directory;
    this.name = name;
  }

  static Place of(int root, SafePath path) throws OsException {
    if (path.isRoot()) {
      return new Place(root, root, SELF);
    }
    byte[] bytes = OsNames.encode(path.text());
    int slash = lastSlash(bytes, bytes.length);
    if (slash < 0) {
      return new Place(root, root, bytes);
    }
    return new Place(
        root, open(root, bytes, slash), Arrays.copyOfRange(bytes, slash + 1, bytes.length));
  }

  int directory() {
    return directory;
  }

  byte[] name() {
    return name;
  }

  @Override
  public void close() {
    if (directory != root) {
      Posix.close(directory);
    }
  }

  private static int open(int root, byte[] path, int end) throws OsException {
    int from = root;
    int start = 0;
    while (true) {
      int stop = end - start <= LONGEST_CALL ? end : lastSlash(path, start + LONGEST_CALL);
      int next;
      try {
        byte[] piece = Arrays.copyOfRange(path, start, stop);
        next = Posix.openBeneath(from, piece, Posix.PATH_ONLY | Posix.DIRECTORY);
      } finally {
        if (from != root) {
          Posix.close(from);
        }
      }
      if (stop == end) {
        return next;
      }
      from = next;
      start = stop + 1;
    }
  }

  private static int lastSlash(byte[] bytes, int before) {
    int i = before - 1;
    while (i >= 0 && bytes[i] != '/') {
      i--;
    }
    return i;
  }
}
