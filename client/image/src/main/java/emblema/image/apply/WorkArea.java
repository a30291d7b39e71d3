package emblema.image.apply;

import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeRemoval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The directory in the image's metadata where a running plan keeps its journal and its slots, and
 * what is found there when a plan did not end. One plan at a time: the image's lock is held.
 */
public final class WorkArea {
  private static final String SLOT = ".emblema-slot-";

  private final Disk disk;
  private final SafePath directory;
  private final Durability durability;
  private final long device;
  private final Set<SafePath> unsynced = new TreeSet<>();
  private int slots;

  /**
   * @param metadata the image's metadata directory, for example {@code var/pkg}
   */
  public WorkArea(Disk disk, SafePath metadata, Durability durability) {
    this.disk = disk;
    this.directory = metadata.resolve("apply");
    this.durability = durability;
    this.device = disk.stat(metadata).map(Stat::device).orElse(0L);
  }

  SafePath journal() {
    return directory.resolve("journal");
  }

  private SafePath slotDirectory() {
    return directory.resolve("slots");
  }

  /** Makes the empty area. */
  void open() {
    discard();
    disk.makeDirectory(directory, 0700);
    disk.makeDirectory(slotDirectory(), 0700);
  }

  /**
   * A name never used before, on the file system of the given path, so that renaming to and from it
   * is possible.
   */
  synchronized SafePath slot(SafePath near) {
    String name = Integer.toString(slots++);
    SafePath parent = near.parent().orElse(SafePath.ROOT);
    Optional<Stat> holder = disk.stat(parent);
    while (holder.isEmpty() && !parent.isRoot()) {
      parent = parent.parent().orElse(SafePath.ROOT);
      holder = disk.stat(parent);
    }
    boolean elsewhere = holder.isPresent() && holder.get().device() != device;
    unsynced.add(elsewhere ? parent : slotDirectory());
    return elsewhere ? slotBeside(parent, name) : slotDirectory().resolve(name);
  }

  /**
   * A plan cut off before its journal may have left slots on other file systems: they stay unused.
   */
  private SafePath slotBeside(SafePath directory, String name) {
    SafePath slot = directory.resolve(SLOT + name);
    while (disk.stat(slot).isPresent()) {
      slot = directory.resolve(SLOT + slots++);
    }
    return slot;
  }

  /**
   * Makes it durable that the slots given out exist. An effect that says "from this slot" may only
   * then be in the journal, or else a lost slot looks like one whose object is at its path.
   */
  synchronized void syncSlots() {
    durability.syncDirectories(disk, unsynced);
    unsynced.clear();
  }

  /** What was found when the area was looked at. */
  public sealed interface Found {
    /** No plan was cut off. */
    record Nothing() implements Found {}

    /** A plan was cut off, and all its effects have been taken back. */
    record TakenBack(int effects) implements Found {}

    /**
     * A plan was carried out, but its caller was cut off before it had saved what that means.
     *
     * @param note what the caller left for itself
     */
    record Finished(byte[] note) implements Found {}
  }

  /**
   * Brings the image back to a state that its records describe. Can itself be cut off and repeated.
   * After {@link Found.Finished} the caller saves what the note says and then calls {@link
   * #discard}.
   */
  public Found recover() {
    if (disk.stat(directory).isEmpty()) {
      return new Found.Nothing();
    }
    if (disk.stat(journal()).isEmpty()) {
      discard();
      return new Found.Nothing();
    }
    Journal.Content content = Journal.read(disk, journal());
    if (content.finished().isPresent()) {
      return new Found.Finished(content.finished().get());
    }
    takeBack(content.effects());
    return new Found.TakenBack(content.effects().size());
  }

  /** Undoes everything, last effect first, and empties the area. */
  void takeBack(List<Effect> effects) {
    for (Effect effect : effects.reversed()) {
      effect.undo(disk);
    }
    durability.syncAll(disk);
    discard();
  }

  /** Removes journal and slots; the journal first, since slots without one mean nothing. */
  public void discard() {
    if (disk.stat(directory).isEmpty()) {
      return;
    }
    List<SafePath> elsewhere = new ArrayList<>();
    if (disk.stat(journal()).isPresent()) {
      for (Effect effect : Journal.read(disk, journal()).effects()) {
        addForeignSlots(effect, elsewhere);
      }
      for (SafePath slot : elsewhere) {
        TreeRemoval.remove(disk, slot);
      }
      disk.remove(journal());
      durability.sync(disk, directory);
    }
    TreeRemoval.remove(disk, directory);
  }

  private void addForeignSlots(Effect effect, List<SafePath> into) {
    switch (effect) {
      case Effect.Move move -> addForeign(move.to(), into);
      case Effect.Replace replace -> {
        addForeign(replace.coming(), into);
        addForeign(replace.going(), into);
      }
      case Effect.Describe ignored -> {}
    }
  }

  private void addForeign(SafePath path, List<SafePath> into) {
    if (path.name().startsWith(SLOT) && !path.startsWith(directory)) {
      into.add(path);
    }
  }
}
