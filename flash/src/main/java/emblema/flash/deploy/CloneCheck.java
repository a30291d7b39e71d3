package emblema.flash.deploy;

import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.manifest.ChecklistReader;
import emblema.flash.manifest.Line;
import emblema.flash.manifest.ObjectState;
import emblema.flash.manifest.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A clone compared with a manifest, file by file (spec flash-archive, 4.1); nothing is changed.
 *
 * @param deleted expected and gone; paths are absolute
 * @param modified expected and different
 * @param added not expected
 * @param old what the archive does away with
 */
public record CloneCheck(
    List<String> deleted, List<String> modified, List<String> added, List<String> old) {
  private static final int SHOWN = 1000;

  /** Nothing differs and nothing goes. */
  static final CloneCheck NONE = new CloneCheck(List.of(), List.of(), List.of(), List.of());

  /** Compares; the manifest is read to its end. */
  public static CloneCheck of(ChecklistReader manifest, Disk clone) {
    Exclusions exclusions = Exclusions.of(clone);
    CloneCheck check =
        new CloneCheck(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Set<String> listed = new HashSet<>();
    for (Line line = manifest.next(); line != null; line = manifest.next()) {
      switch (line) {
        case Line.Filter filter -> {
          if (filter.isLeftOut()) {
            exclusions.add(filter.path());
          } else {
            exclusions.remove(filter.path());
          }
        }
        case Line.Listed directory -> {
          check.findNew(directory, listed, clone, exclusions);
          listed.clear();
        }
        default -> {
          requireBelowRoot(line);
          listed.add(line.path());
          if (!exclusions.exclude(line.path())) {
            check.note(line.path(), Verdict.of(line, found(clone, line.path())));
          }
        }
      }
    }
    return check;
  }

  /** The root of a system does not come or go with an archive. */
  private static void requireBelowRoot(Line line) {
    if (line.path().equals("/")) {
      throw new MalformedException("the manifest of the archive has an entry for '/'");
    }
  }

  private void note(String path, Verdict verdict) {
    switch (verdict) {
      case FINE -> {}
      case DELETED -> deleted.add(path);
      case MODIFIED -> modified.add(path);
      case NEW_FILE -> added.add(path);
      case OLD_FILE -> old.add(path);
    }
  }

  private void findNew(Line.Listed directory, Set<String> listed, Disk clone, Exclusions exclude) {
    SafePath place = SafePath.of(directory.path());
    if (stat(clone, place).filter(Stat::isDirectory).isEmpty()) {
      return; // Told already, or not looked at.
    }
    for (String name : clone.list(place)) {
      String path = directory.child(name);
      if (!listed.contains(path) && !name.equals("lost+found") && !exclude.exclude(path)) {
        added.add(path);
      }
    }
  }

  private static Optional<ObjectState> found(Disk clone, String path) {
    SafePath place = SafePath.of(path);
    return stat(clone, place)
        .map(stat -> ObjectState.of(stat, stat.isLink() ? clone.readLink(place) : ""));
  }

  /** What is behind something that is no directory is not there. */
  static Optional<Stat> stat(Disk clone, SafePath place) {
    try {
      return clone.stat(place);
    } catch (ConflictException e) {
      return Optional.empty();
    }
  }

  /** What is to be removed from the clone once everything is checked. */
  public List<String> removals(boolean force) {
    return force ? Stream.concat(old.stream(), added.stream()).toList() : List.copyOf(old);
  }

  /** Refuses a clone that is not what the archive was made for, naming each path. */
  public void require(String target, String archive, boolean force) {
    List<String> differences = new ArrayList<>();
    deleted.forEach(path -> differences.add("Deleted files detected: " + path));
    modified.forEach(path -> differences.add("Modified files detected: " + path));
    if (!force) {
      added.forEach(path -> differences.add("New files detected: " + path));
    }
    if (differences.isEmpty()) {
      return;
    }
    int count = differences.size();
    String rest = count > SHOWN ? "\nand " + (count - SHOWN) + " more" : "";
    throw new ConflictException(
        target + " is not what '" + archive + "' was made for: nothing was changed",
        String.join("\n", differences.subList(0, Math.min(count, SHOWN))) + rest,
        deleted.isEmpty() && modified.isEmpty()
            ? List.of("--forced-deployment deletes new files")
            : List.of("--no-content-check updates without looking"),
        null);
  }
}
