package emblema.image.apply;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The image as the steps see it: what is on disk, and the effects that are decided but have not
 * happened yet. Effects are collected so that one durable write of the journal serves many; whoever
 * looks at something that a waiting effect touches makes them all happen first.
 */
final class Workspace {
  private static final int LIMIT = 2000;

  private final Disk disk;
  private final WorkArea area;
  private final Journal journal;
  private final List<Effect> happened = new ArrayList<>();
  private final List<Effect> waiting = new ArrayList<>();
  private final Set<SafePath> touched = new HashSet<>();

  /** Directories with waiting changes, to the names that will be gone from them. */
  private final Map<SafePath, Set<String>> leaving = new HashMap<>();

  private final Map<SafePath, Set<String>> arriving = new HashMap<>();
  private final Set<SafePath> newDirectories = new HashSet<>();
  private final Set<SafePath> knownDirectories = new HashSet<>();

  Workspace(Disk disk, WorkArea area, Durability durability) {
    this.disk = disk;
    this.area = area;
    this.journal = Journal.create(disk, area.journal(), durability);
    knownDirectories.add(SafePath.ROOT);
  }

  Disk disk() {
    return disk;
  }

  WorkArea area() {
    return area;
  }

  /** What is at the path, waiting effects included. */
  Optional<Stat> stat(SafePath path) {
    if (touched.contains(path)) {
      settle();
    } else if (isBelowNewDirectory(path)) {
      return Optional.empty();
    }
    return disk.stat(path);
  }

  private boolean isBelowNewDirectory(SafePath path) {
    return !newDirectories.isEmpty() && path.parent().filter(newDirectories::contains).isPresent();
  }

  /** Names in an existing directory, waiting effects included. */
  List<String> list(SafePath directory) {
    if (newDirectories.contains(directory)) {
      settle();
    }
    Set<String> names = new TreeSet<>(OsNames::compare);
    names.addAll(disk.list(directory));
    names.removeAll(leaving.getOrDefault(directory, Set.of()));
    names.addAll(arriving.getOrDefault(directory, Set.of()));
    return List.copyOf(names);
  }

  /** Takes what is at the path out of the image. */
  void take(SafePath path) {
    move(path, area.slot(path));
  }

  /** Renames a directory with all it holds. */
  void moveTree(SafePath from, SafePath to) {
    settle();
    knownDirectories.removeIf(directory -> directory.startsWith(from));
    move(from, to);
    settle();
  }

  /** Renames; nothing is at the new name. */
  void move(SafePath from, SafePath to) {
    add(new Effect.Move(from, to), from, to);
    leave(from);
    arrive(to);
  }

  /** Brings a new directory from its slot. */
  void placeDirectory(SafePath slot, SafePath path) {
    add(new Effect.Move(slot, path), path);
    arrive(path);
    newDirectories.add(path);
    knownDirectories.add(path);
  }

  /** Brings a new object from its slot to a path where nothing is. */
  void place(SafePath slot, SafePath path) {
    add(new Effect.Move(slot, path), path);
    arrive(path);
  }

  /** Brings an object from its slot to a path where something else than a directory is. */
  void replace(SafePath slot, SafePath path) {
    add(new Effect.Replace(slot, path, area.slot(path)), path);
  }

  void describe(SafePath directory, Effect.Ownership before, Effect.Ownership after) {
    add(new Effect.Describe(directory, before, after), directory);
  }

  private void add(Effect effect, SafePath... paths) {
    for (SafePath path : paths) {
      if (touched.contains(path)) {
        settle();
      }
    }
    if (waiting.size() >= LIMIT) {
      settle();
    }
    waiting.add(effect);
    for (SafePath path : paths) {
      touched.add(path);
    }
  }

  private void leave(SafePath path) {
    change(leaving, arriving, path);
  }

  private void arrive(SafePath path) {
    change(arriving, leaving, path);
  }

  private void change(
      Map<SafePath, Set<String>> into, Map<SafePath, Set<String>> outOf, SafePath path) {
    SafePath parent = path.parent().orElse(SafePath.ROOT);
    into.computeIfAbsent(parent, key -> new HashSet<>()).add(path.name());
    Set<String> other = outOf.get(parent);
    if (other != null) {
      other.remove(path.name());
    }
  }

  /** Makes all waiting effects happen, after they are durably in the journal. */
  void settle() {
    if (waiting.isEmpty()) {
      return;
    }
    waiting.forEach(effect -> effect.prepare(disk));
    area.syncSlots();
    journal.intend(waiting);
    for (Effect effect : waiting) {
      happened.add(effect);
      effect.happen(disk);
    }
    waiting.clear();
    touched.clear();
    leaving.clear();
    arriving.clear();
    newDirectories.clear();
  }

  /** Everything has happened and is durable, as the journal now says. */
  void finish(byte[] note, Durability durability) {
    settle();
    durability.syncAll(disk);
    journal.finish(note);
    journal.close();
  }

  /** Brings back the image as it was before the first effect. */
  void takeBack() {
    journal.close();
    area.takeBack(happened);
  }

  /**
   * Sees to it that the directory that will hold an object exists, with missing ones made like the
   * deepest existing ancestor.
   */
  void ensureParents(SafePath path) {
    SafePath parent = path.parent().orElse(SafePath.ROOT);
    if (knownDirectories.contains(parent)) {
      return;
    }
    Optional<Stat> found = statOnTheWay(parent, path);
    if (found.isEmpty()) {
      ensureParents(parent);
      SafePath holder = parent.parent().orElse(SafePath.ROOT);
      if (touched.contains(holder)) {
        settle();
      }
      Effect.Ownership like = Effect.Ownership.at(disk, holder);
      SafePath slot = area.slot(parent);
      disk.makeDirectory(slot, like.mode());
      like.applyTo(disk, slot);
      placeDirectory(slot, parent);
    } else if (!found.get().isDirectory()) {
      throw inTheWay(parent, path, found.get());
    }
    knownDirectories.add(parent);
  }

  private Optional<Stat> statOnTheWay(SafePath parent, SafePath path) {
    try {
      return stat(parent);
    } catch (ConflictException e) {
      throw new ConflictException("cannot install '" + path + "'", e.getMessage(), e.hints(), e);
    }
  }

  private ConflictException inTheWay(SafePath parent, SafePath path, Stat stat) {
    String what =
        stat.isLink()
            ? "parent directory '" + parent + "' is a link to '" + disk.readLink(parent) + "'"
            : "'" + parent + "' is not a directory";
    return new ConflictException(
        "cannot install '" + path + "': " + what,
        null,
        List.of("move the directory to its original location and try again"),
        null);
  }
}
