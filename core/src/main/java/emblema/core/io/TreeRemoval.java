package emblema.core.io;

import emblema.core.error.ConflictException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Removes a tree without following links. Can be stopped at any moment and started again. Depth
 * costs neither stack nor long paths: what lies too deep is first moved up into the top directory.
 */
public final class TreeRemoval {
  private static final int LONG_PATH = 200;

  private final Disk disk;
  private final SafePath top;
  private final long device;
  private int moved;

  private TreeRemoval(Disk disk, SafePath top, long device) {
    this.disk = disk;
    this.top = top;
    this.device = device;
  }

  /** A directory being emptied, and the directories in it that are left. */
  private record Frame(SafePath directory, Deque<String> below) {}

  /** Removes whatever is at the path; nothing there is no error. */
  public static void remove(Disk disk, SafePath top) {
    Stat stat = disk.stat(top).orElse(null);
    if (stat == null) {
      return;
    }
    if (!stat.isDirectory()) {
      disk.remove(top);
      return;
    }
    try (Disk.Hold hold = disk.hold()) {
      new TreeRemoval(disk, top, stat.device()).run(stat);
    }
  }

  private void run(Stat stat) {
    Deque<Frame> open = new ArrayDeque<>();
    open.push(enter(top, stat));
    while (!open.isEmpty()) {
      Frame frame = open.peek();
      String name = frame.below().poll();
      if (name == null) {
        open.pop();
        disk.removeDirectory(frame.directory());
        continue;
      }
      SafePath path = frame.directory().resolve(name);
      if (path.text().length() > top.text().length() + LONG_PATH) {
        open.getLast().below().add(moveUp(path));
      } else {
        disk.stat(path).ifPresent(found -> open.push(enter(path, found)));
      }
    }
  }

  private Frame enter(SafePath directory, Stat stat) {
    if (stat.device() != device) {
      throw new ConflictException(
          "cannot remove '" + disk.describe(directory) + "': a file system is mounted there",
          "unmount it first");
    }
    if ((stat.mode() & 0700) != 0700 && !disk.isPrivileged()) {
      disk.setMode(directory, stat.mode() | 0700);
    }
    List<String> below = new ArrayList<>();
    for (Disk.Entry entry : disk.entries(directory)) {
      if (entry.stat().isDirectory()) {
        below.add(entry.name());
      } else {
        disk.remove(directory.resolve(entry.name()));
      }
    }
    return new Frame(directory, new ArrayDeque<>(below));
  }

  private String moveUp(SafePath deep) {
    while (true) {
      String name = ".deep-" + moved++;
      if (disk.stat(top.resolve(name)).isEmpty()) {
        disk.rename(deep, top.resolve(name));
        return name;
      }
    }
  }
}
