package emblema.core.io;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree without following links, in the order of {@link SafePath} (by code point over whole
 * paths, so {@code a}, {@code a-b}, {@code a/c}). Memory is bounded by the entries of the
 * directories that are open at once; depth costs no stack.
 */
public final class TreeWalker {
  /** Twice what any program can name with one call; deeper trees are refused. */
  static final int LONGEST_PATH = 8_192;

  private final Disk disk;

  public TreeWalker(Disk disk) {
    this.disk = disk;
  }

  /** Sees a tree. */
  public interface Visitor {
    /**
     * An object, before what is below it.
     *
     * @return for a directory, whether to walk it
     */
    boolean enter(SafePath path, Stat stat);

    /** A directory, after everything below it. */
    default void leave(SafePath directory, Stat stat) {}

    /** A directory that cannot be listed; the walk goes on if this returns. */
    default void failed(SafePath directory, EmblemaException failure) {
      throw failure;
    }
  }

  /** Either an object to enter, or (at its name and a slash) the content of a directory. */
  private record Position(String name, Stat stat, boolean isContent) {
    String key() {
      return isContent ? name + "/" : name;
    }
  }

  private static final class Frame {
    final String prefix;
    final SafePath directory;
    final @Nullable Stat stat;
    final Iterator<Position> rest;
    final List<String> entered = new ArrayList<>();

    Frame(SafePath directory, @Nullable Stat stat, List<Position> positions) {
      this.directory = directory;
      this.prefix = directory.isRoot() ? "" : directory.text() + "/";
      this.stat = stat;
      this.rest = positions.iterator();
    }
  }

  /** Walks everything below a directory; the directory itself is not visited. */
  public void walk(SafePath top, Visitor visitor) {
    Deque<Frame> open = new ArrayDeque<>();
    open.push(new Frame(top, null, positions(top)));
    while (!open.isEmpty()) {
      Frame frame = open.peek();
      if (!frame.rest.hasNext()) {
        open.pop();
        Stat stat = frame.stat;
        if (stat != null) {
          visitor.leave(frame.directory, stat);
        }
        continue;
      }
      Position next = frame.rest.next();
      SafePath path = new SafePath(frame.prefix + next.name());
      if (next.isContent()) {
        if (frame.entered.remove(next.name())) {
          descend(path, next.stat(), visitor, open);
        }
      } else if (visitor.enter(path, next.stat()) && next.stat().isDirectory()) {
        frame.entered.add(next.name());
      }
    }
  }

  private void descend(SafePath path, Stat stat, Visitor visitor, Deque<Frame> open) {
    List<Position> positions;
    try {
      if (path.text().length() > LONGEST_PATH) {
        throw new ConflictException(
            "cannot walk '" + disk.describe(path).substring(0, 80) + "…': nested too deeply",
            "no path may be longer than " + LONGEST_PATH + " characters");
      }
      positions = positions(path);
    } catch (EmblemaException e) {
      visitor.failed(path, e);
      return;
    }
    open.push(new Frame(path, stat, positions));
  }

  private List<Position> positions(SafePath directory) {
    List<Position> positions = new ArrayList<>();
    boolean isSorted = true;
    for (Disk.Entry entry : disk.entries(directory)) {
      positions.add(new Position(entry.name(), entry.stat(), false));
      if (entry.stat().isDirectory()) {
        positions.add(new Position(entry.name(), entry.stat(), true));
        isSorted = false;
      }
    }
    if (!isSorted) {
      positions.sort(Comparator.comparing(Position::key, OsNames::compare));
    }
    return positions;
  }
}
