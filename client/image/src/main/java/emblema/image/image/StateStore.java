package emblema.image.image;

import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads and replaces the {@code state} directory (spec image-layout, sections 4 and 5;
 * docs/formats/image.md).
 *
 * <p>A new state is written beside the old one, made durable, then exchanged with it by one atomic
 * system call, so there is no moment without a state. Where a system cannot exchange, three renames
 * do it; a reader that finds {@code state} missing takes the complete {@code state-new}, and
 * failing that the copy that the reference client leaves in lost+found.
 */
final class StateStore {
  private static final int TRIES = 3;

  /** Rewritten at each save, or meaningful only to the client that wrote them. */
  private static final List<String> NOT_CARRIED =
      List.of(
          "known",
          "installed",
          "avoid_set",
          "frozen_dict",
          "state_updating",
          "catalog.db",
          StateSnapshot.NAME);

  private final Disk disk;
  private final ImageLayout layout;

  StateStore(Disk disk, ImageLayout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /** The state as it is now; consistent even while another process replaces it. */
  ImageState read() {
    for (int i = 1; ; i++) {
      SafePath directory = directory();
      byte[] before = attributes(directory);
      try {
        ImageState state = new StateReader(disk, directory).read();
        if (i >= TRIES || Arrays.equals(before, attributes(directory))) {
          return state;
        }
      } catch (NotFoundException | MalformedException e) {
        if (i >= TRIES || Arrays.equals(before, attributes(directory))) {
          throw damaged(directory, e);
        }
      }
    }
  }

  /** What `pkg list` needs, without reading the catalogs; nothing if it must be made anew. */
  Optional<StateSnapshot> snapshot() {
    SafePath directory = directory();
    byte[] known = attributes(directory);
    byte[] installed = bytes(directory.resolve("installed/catalog.attrs"));
    return StateSnapshot.parse(bytes(directory.resolve(StateSnapshot.NAME)), known, installed);
  }

  /** Replaces the state. The caller holds the image's lock. */
  void write(ImageState state) {
    SafePath fresh = layout.stateBeingWritten();
    SafePath current = layout.state();
    if (disk.stat(current).isPresent()) {
      Trees.remove(disk, fresh);
    } else if (disk.stat(fresh).isPresent()) {
      // A crash between renames left it as the only state: put it in place first.
      disk.rename(fresh, current);
    }
    disk.makeDirectory(fresh, 0755);
    new StateWriter(disk, fresh).write(state);
    carryOver(current, fresh);
    disk.syncAll(fresh);
    if (disk.stat(current).isPresent()) {
      disk.exchange(current, fresh);
    } else {
      disk.rename(fresh, current);
    }
    disk.sync(layout.metadata());
    Trees.remove(disk, fresh);
  }

  /** Files of other clients that we know nothing about. */
  private void carryOver(SafePath from, SafePath to) {
    if (disk.stat(from).isEmpty()) {
      return;
    }
    for (String name : disk.list(from)) {
      Optional<Stat> stat = disk.stat(from.resolve(name));
      if (!NOT_CARRIED.contains(name) && stat.filter(Stat::isFile).isPresent()) {
        try (OutputStream out = disk.create(to.resolve(name), stat.get().mode())) {
          out.write(disk.readBytes(from.resolve(name)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** Where the newest complete state lies. */
  private SafePath directory() {
    if (disk.stat(layout.state()).isPresent()) {
      return layout.state();
    }
    if (disk.stat(layout.stateBeingWritten()).isPresent()) {
      return layout.stateBeingWritten();
    }
    SafePath salvaged = layout.lostAndFound().resolve("var/pkg");
    if (disk.stat(salvaged).isPresent()) {
      List<String> copies =
          disk.list(salvaged).stream().filter(name -> name.startsWith("state-")).toList();
      if (!copies.isEmpty()) {
        return salvaged.resolve(copies.getLast());
      }
    }
    throw new NotFoundException(
        "the image at '" + disk.root() + "' has lost its package state",
        "'"
            + disk.describe(layout.state())
            + "' is missing; restore it from a backup or an older"
            + " boot environment");
  }

  private byte[] attributes(SafePath directory) {
    return bytes(directory.resolve("known/catalog.attrs"));
  }

  private byte[] bytes(SafePath file) {
    return disk.stat(file).isPresent() ? disk.readBytes(file) : new byte[0];
  }

  private EmblemaException damaged(SafePath directory, EmblemaException cause) {
    return new MalformedException(
        "the package state in '" + disk.describe(directory) + "' is damaged: " + cause.getMessage(),
        "an older boot environment or a backup of that directory can replace it");
  }
}
