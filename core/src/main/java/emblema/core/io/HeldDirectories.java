package emblema.core.io;

import emblema.core.os.OsException;
import emblema.core.os.Posix;
import java.util.ArrayList;
import java.util.List;

/**
 * Directories on the way to the last objects, kept open between calls while somebody {@link #hold
 * holds} them: who links a thousand files of one directory opens it once. What the disk itself
 * renames or removes is forgotten; what others do meanwhile to a directory that is kept open is
 * seen one call later than it would be, so only who has the tree to himself may hold.
 */
final class HeldDirectories {
  private static final int MOST = 8;

  private final List<Held> held = new ArrayList<>(MOST);
  private int holders;

  /** An open directory. */
  static final class Held {
    private final String path;
    private final int fd;
    private int users = 1;
    private boolean isKept;

    private Held(String path, int fd) {
      this.path = path;
      this.fd = fd;
    }

    int fd() {
      return fd;
    }
  }

  /** Opens a directory that is not kept. */
  @FunctionalInterface
  interface Opening {
    int open() throws OsException;
  }

  synchronized void hold() {
    holders++;
  }

  synchronized void letGo() {
    holders--;
    if (holders == 0) {
      forget("");
    }
  }

  synchronized Held take(String path, Opening opening) throws OsException {
    for (int i = held.size() - 1; i >= 0; i--) {
      Held known = held.get(i);
      if (known.path.equals(path)) {
        known.users++;
        return known;
      }
    }
    Held opened = new Held(path, opening.open());
    if (holders > 0) {
      if (held.size() == MOST) {
        drop(held.removeFirst());
      }
      opened.isKept = true;
      held.add(opened);
    }
    return opened;
  }

  synchronized void give(Held directory) {
    directory.users--;
    closeIfUnused(directory);
  }

  /** What a path and those below it meant means no longer. */
  synchronized void forget(String path) {
    for (int i = held.size() - 1; i >= 0; i--) {
      if (isWithin(held.get(i).path, path)) {
        drop(held.remove(i));
      }
    }
  }

  private static boolean isWithin(String path, String top) {
    return top.isEmpty()
        || path.startsWith(top)
            && (path.length() == top.length() || path.charAt(top.length()) == '/');
  }

  private static void drop(Held directory) {
    directory.isKept = false;
    closeIfUnused(directory);
  }

  private static void closeIfUnused(Held directory) {
    if (directory.users == 0 && !directory.isKept) {
      Posix.close(directory.fd);
    }
  }
}
