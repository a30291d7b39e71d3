package emblema.core.io;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies a tree within one disk with all that belongs to it: owners, modes, times to the
 * nanosecond, extended attributes (and with them access lists and capabilities), hard links among
 * its files, holes, devices. Links are copied as links. Nothing is synced; what exists already at
 * the target is a conflict.
 *
 * <p>An ordinary user cannot give files away: then the copy belongs to the user and one warning
 * says so.
 */
public final class TreeCopy {
  private static final String PHASE = "copy";
  private static final int STEP = 256;

  /** Which files of the copy may be the very files of the original. */
  @FunctionalInterface
  public interface Sharing {
    Sharing NEVER = (path, stat) -> false;

    /**
     * @param path relative to the tree's top
     */
    boolean mayLink(SafePath path, Stat stat);
  }

  private record Inode(long device, long number) {}

  private final Disk disk;
  private final SafePath from;
  private final SafePath to;
  private final Sharing sharing;
  private final EventSink events;
  private final Map<Inode, SafePath> copied = new HashMap<>();
  private boolean sharesBlocks = true;
  private boolean hasWarned;
  private long done;

  private TreeCopy(Disk disk, SafePath from, SafePath to, Sharing sharing, EventSink events) {
    this.disk = disk;
    this.from = from;
    this.to = to;
    this.sharing = sharing;
    this.events = events;
  }

  /** Copies a directory to a new name. */
  public static void copy(
      Disk disk, SafePath from, SafePath to, Sharing sharing, EventSink events) {
    if (to.startsWith(from)) {
      throw new ConflictException(
          "cannot copy '" + disk.describe(from) + "' into itself: '" + disk.describe(to) + "'");
    }
    new TreeCopy(disk, from, to, sharing, events).run();
  }

  private void run() {
    Stat top =
        disk.stat(from)
            .filter(Stat::isDirectory)
            .orElseThrow(
                () ->
                    new ConflictException(
                        "cannot copy '" + disk.describe(from) + "': it is not a directory"));
    events.emit(new Event.PhaseStarted(PHASE, "Copying", -1, Event.Unit.ITEMS));
    disk.makeDirectory(to, 0700);
    new TreeWalker(disk)
        .walk(
            from,
            new TreeWalker.Visitor() {
              @Override
              public boolean enter(SafePath path, Stat stat) {
                if (stat.device() != top.device()) {
                  throw mountPoint(path);
                }
                object(path, to.resolve(path.relativeTo(from)), stat);
                return true;
              }

              @Override
              public void leave(SafePath directory, Stat stat) {
                metadata(directory, to.resolve(directory.relativeTo(from)), stat);
              }
            });
    metadata(from, to, top);
    events.emit(new Event.PhaseFinished(PHASE, done));
  }

  private ConflictException mountPoint(SafePath path) {
    return new ConflictException(
        "cannot copy '" + disk.describe(path) + "': a file system is mounted there",
        "unmount it first: what is mounted is not part of the tree");
  }

  private void object(SafePath source, SafePath target, Stat stat) {
    switch (stat.kind()) {
      case DIRECTORY -> disk.makeDirectory(target, 0700);
      case FILE -> file(source, target, stat);
      case LINK -> {
        disk.symlink(disk.readLink(source), target);
        metadata(source, target, stat);
      }
      case FIFO, CHARACTER, BLOCK, SOCKET -> {
        disk.makeNode(target, stat.kind(), 0600, stat.rawDevice());
        metadata(source, target, stat);
      }
    }
    if (++done % STEP == 0) {
      events.emit(new Event.Advanced(PHASE, done));
    }
  }

  private void file(SafePath source, SafePath target, Stat stat) {
    Inode inode = new Inode(stat.device(), stat.inode());
    SafePath twin = stat.links() > 1 ? copied.get(inode) : null;
    if (twin != null) {
      disk.link(twin, target);
      return;
    }
    boolean isShared = sharesBlocks && stat.size() > 0 && disk.share(source, target, 0600);
    if (!isShared) {
      sharesBlocks &= stat.size() == 0;
      if (sharing.mayLink(source.relativeTo(from), stat) && tryLink(source, target)) {
        return;
      }
      disk.clone(source, target, 0600);
    }
    metadata(source, target, stat);
    if (stat.links() > 1) {
      copied.put(inode, target);
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

  /** The owner before the mode, because a change of owner clears set-id bits; the times last. */
  private void metadata(SafePath source, SafePath target, Stat stat) {
    if (disk.isPrivileged()) {
      disk.setOwner(target, stat.uid(), stat.gid());
    } else {
      permitted(() -> disk.setOwner(target, stat.uid(), stat.gid()));
    }
    if (!stat.isLink()) {
      disk.extendedAttributes(source)
          .forEach(
              (name, value) -> {
                if (disk.isPrivileged() || name.startsWith("user.")) {
                  disk.setExtendedAttribute(target, name, value);
                } else {
                  permitted(() -> disk.setExtendedAttribute(target, name, value));
                }
              });
      disk.setMode(target, stat.mode());
    }
    disk.setTimes(target, stat.atime(), stat.mtime());
  }

  private void permitted(Runnable change) {
    try {
      change.run();
    } catch (AccessException e) {
      if (!hasWarned) {
        hasWarned = true;
        events.emit(
            new Event.Warning(
                "not all owners and attributes could be copied: " + e.getMessage(),
                List.of("only root can give files away")));
      }
    }
  }
}
