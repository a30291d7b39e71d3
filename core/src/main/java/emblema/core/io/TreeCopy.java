package emblema.core.io;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies a tree within one disk with all that belongs to it: owners, modes, times to the
 * nanosecond, extended attributes (and with them access lists and capabilities), hard links among
 * its files, holes, devices. Links are copied as links. Nothing is synced; what exists already at
 * the target is a conflict.
 */
public final class TreeCopy {
  private static final String PHASE = "copy";
  private static final int STEP = 256;

  /** What is not simply copied. */
  @FunctionalInterface
  public interface Policy {
    /** Everything is copied. */
    Policy COPY = (path, stat) -> false;

    /**
     * Whether the copy of a file may be the very file, under one more name.
     *
     * @param path relative to the tree's top
     */
    boolean mayLink(SafePath path, Stat stat);

    /** Whether a directory's content is copied; if not, its copy is empty. */
    default boolean enters(SafePath path, Stat stat) {
      return true;
    }
  }

  private record Inode(long device, long number) {}

  private final Disk disk;
  private final SafePath from;
  private final SafePath to;
  private final Policy policy;
  private final EventSink events;
  private final FileCopy objects;
  private final Map<Inode, SafePath> copied = new HashMap<>();

  /** New names of files that are the very files of the source, and that have other names there. */
  private final Map<Inode, List<SafePath>> linked = new HashMap<>();

  private boolean sharesBlocks = true;
  private long done;

  private TreeCopy(Disk disk, SafePath from, SafePath to, Policy policy, EventSink events) {
    this.disk = disk;
    this.from = from;
    this.to = to;
    this.policy = policy;
    this.events = events;
    this.objects = new FileCopy(disk, events);
  }

  /** Copies a directory to a new name, and tells so without knowing how much there is. */
  public static void copy(Disk disk, SafePath from, SafePath to, Policy policy, EventSink events) {
    copy(disk, from, to, policy, -1, events);
  }

  /**
   * Copies a directory to a new name.
   *
   * @param objects how many there are, for the progress, or -1
   */
  public static void copy(
      Disk disk, SafePath from, SafePath to, Policy policy, long objects, EventSink events) {
    if (to.startsWith(from)) {
      throw new ConflictException(
          "cannot copy '" + disk.describe(from) + "' into itself: '" + disk.describe(to) + "'");
    }
    try (Disk.Hold hold = disk.hold()) {
      new TreeCopy(disk, from, to, policy, events).run(objects);
    }
  }

  private void run(long objectCount) {
    Stat top =
        disk.stat(from)
            .filter(Stat::isDirectory)
            .orElseThrow(
                () ->
                    new ConflictException(
                        "cannot copy '" + disk.describe(from) + "': it is not a directory"));
    events.emit(new Event.PhaseStarted(PHASE, "Copying", objectCount, Event.Unit.ITEMS));
    objects.content(from, to, top);
    new TreeWalker(disk)
        .walk(
            from,
            new TreeWalker.Visitor() {
              @Override
              public boolean enter(SafePath path, Stat stat) {
                return object(path, path.relativeTo(from), stat, top.device());
              }

              @Override
              public void leave(SafePath directory, Stat stat) {
                objects.metadata(directory, to.resolve(directory.relativeTo(from)), stat);
              }
            });
    objects.metadata(from, to, top);
    events.emit(new Event.PhaseFinished(PHASE, done));
  }

  private boolean object(SafePath source, SafePath relative, Stat stat, long device) {
    SafePath target = to.resolve(relative);
    boolean isEntered = stat.isDirectory() && policy.enters(relative, stat);
    if (isEntered && stat.device() != device) {
      throw new ConflictException(
          "cannot copy '" + disk.describe(source) + "': a file system is mounted there",
          "unmount it first: what is mounted is not part of the tree");
    }
    if (stat.isFile()) {
      file(source, target, relative, stat);
    } else {
      objects.content(source, target, stat);
      if (!isEntered) {
        objects.metadata(source, target, stat);
      }
    }
    if (++done % STEP == 0) {
      events.emit(new Event.Advanced(PHASE, done));
    }
    return isEntered;
  }

  private void file(SafePath source, SafePath target, SafePath relative, Stat stat) {
    Inode inode = new Inode(stat.device(), stat.inode());
    SafePath twin = stat.links() > 1 ? copied.get(inode) : null;
    if (twin != null) {
      disk.link(twin, target);
      return;
    }
    boolean isShared = sharesBlocks && stat.size() > 0 && disk.share(source, target, 0600);
    if (!isShared) {
      sharesBlocks &= stat.size() == 0;
      if (policy.mayLink(relative, stat) && tryLink(source, target)) {
        if (stat.links() > 1) {
          linked.computeIfAbsent(inode, key -> new ArrayList<>(1)).add(target);
        }
        return;
      }
      objects.content(source, target, stat);
    }
    objects.metadata(source, target, stat);
    if (stat.links() > 1) {
      copied.put(inode, target);
      follow(inode, target);
    }
  }

  /**
   * One name of a file had to be copied: its other names are names of the copy, not of the source.
   */
  private void follow(Inode inode, SafePath copy) {
    List<SafePath> others = linked.remove(inode);
    if (others != null) {
      for (SafePath other : others) {
        SafePath directory = other.parent().orElse(SafePath.ROOT);
        Stat before = disk.stat(directory).orElseThrow();
        disk.remove(other);
        disk.link(copy, other);
        disk.setTimes(directory, before.atime(), before.mtime());
      }
    }
  }

  /** False when the file has as many names as the file system allows. */
  private boolean tryLink(SafePath source, SafePath target) {
    try {
      disk.link(source, target);
      return true;
    } catch (ConflictException e) {
      if (disk.stat(target).isPresent()) {
        throw e;
      }
      return false;
    } catch (AccessException e) {
      return false; // A file of another owner, where the system protects hard links.
    }
  }
}
