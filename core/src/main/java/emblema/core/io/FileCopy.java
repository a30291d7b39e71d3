package emblema.core.io;

import emblema.core.error.AccessException;
import emblema.core.error.NotFoundException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import java.util.List;

/**
 * Copies one object with all that belongs to it, or only what belongs to it. An ordinary user
 * cannot give files away: then the copy belongs to the user and one warning says so.
 */
public final class FileCopy {
  private final Disk disk;
  private final EventSink events;
  private boolean hasWarned;

  public FileCopy(Disk disk, EventSink events) {
    this.disk = disk;
    this.events = events;
  }

  /** Copies anything but a directory to a new name on the same disk; nothing is synced. */
  public void copy(SafePath from, SafePath to) {
    Stat stat =
        disk.stat(from)
            .orElseThrow(
                () ->
                    new NotFoundException("cannot copy '" + disk.describe(from) + "': not there"));
    content(from, to, stat);
    metadata(from, to, stat);
  }

  /** The new object, for its owner only until {@link #metadata} is called. */
  void content(SafePath from, SafePath to, Stat stat) {
    switch (stat.kind()) {
      case DIRECTORY -> disk.makeDirectory(to, 0700);
      case FILE -> disk.clone(from, to, 0600);
      case LINK -> disk.symlink(disk.readLink(from), to);
      case FIFO, CHARACTER, BLOCK, SOCKET -> disk.makeNode(to, stat.kind(), 0600, stat.rawDevice());
    }
  }

  /** The owner before the mode, because a change of owner clears set-id bits; the times last. */
  void metadata(SafePath from, SafePath to, Stat stat) {
    permitted(true, () -> disk.setOwner(to, stat.uid(), stat.gid()));
    if (!stat.isLink()) {
      disk.extendedAttributes(from)
          .forEach(
              (name, value) ->
                  permitted(
                      !name.startsWith("user."), () -> disk.setExtendedAttribute(to, name, value)));
      disk.setMode(to, stat.mode());
    }
    disk.setTimes(to, stat.atime(), stat.mtime());
  }

  private void permitted(boolean needsPrivilege, Runnable change) {
    try {
      change.run();
    } catch (AccessException e) {
      if (disk.isPrivileged() || !needsPrivilege) {
        throw e;
      }
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
