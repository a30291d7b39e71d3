package emblema.core.io;

import emblema.core.os.OsException;
import emblema.core.os.Posix;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An object named as a name in a directory that is held open: whoever swaps a directory on the way
 * for a link afterwards has no effect.
 */
final class Place implements AutoCloseable {
  /** Below PATH_MAX (4096), which bounds one call; longer paths are opened in pieces. */
  private static final int LONGEST_CALL = 4000;

  private static final byte[] SELF = ".".getBytes(StandardCharsets.US_ASCII);

  private final HeldDirectories all;
  private final HeldDirectories.@Nullable Held held;
  private final int directory;
  private final byte[] name;

  private Place(
      HeldDirectories all, HeldDirectories.@Nullable Held held, int directory, byte[] name) {
    this.all = all;
    this.held = held;
    this.directory = directory;
    this.name = name;
  }

  static Place of(int root, HeldDirectories all, SafePath path) throws OsException {
    if (path.isRoot()) {
      return new Place(all, null, root, SELF);
    }
    String text = path.text();
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      return new Place(all, null, root, OsNames.encode(text));
    }
    String parent = text.substring(0, slash);
    HeldDirectories.Held held = all.take(parent, () -> open(root, OsNames.encode(parent)));
    return new Place(all, held, held.fd(), OsNames.encode(text.substring(slash + 1)));
  }

  int directory() {
    return directory;
  }

  byte[] name() {
    return name;
  }

  @Override
  public void close() {
    HeldDirectories.Held open = held;
    if (open != null) {
      all.give(open);
    }
  }

  private static int open(int root, byte[] path) throws OsException {
    int end = path.length;
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
