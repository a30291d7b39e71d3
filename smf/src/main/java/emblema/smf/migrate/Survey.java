package emblema.smf.migrate;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Tells at the price of a few looks whether an area has anything to do, so that the usual boot
 * costs nothing: an object that is not a directory, or a directory that the shared tree lacks.
 */
record Survey(Disk disk) {

  /** Whether a run is needed; a conflict if the staging root is not a directory. */
  boolean hasWork(AreaPlaces at) {
    Optional<Stat> root = disk.stat(at.staging());
    if (root.isEmpty()) {
      return false;
    }
    if (!root.get().isDirectory()) {
      throw new ConflictException(
          "staging root '%s' is not a directory".formatted(disk.describe(at.staging())),
          "name a real directory: links are not followed");
    }
    Deque<SafePath> directories = new ArrayDeque<>(List.of(at.staging()));
    while (!directories.isEmpty()) {
      SafePath directory = directories.pop();
      SafePath shared = at.shared().resolve(directory.relativeTo(at.staging()));
      if (!directory.equals(at.staging())
          && disk.stat(shared).filter(Stat::isDirectory).isEmpty()) {
        return true;
      }
      for (String name : disk.list(directory)) {
        SafePath path = directory.resolve(name);
        Optional<Stat> stat = disk.stat(path);
        if (stat.isPresent() && !stat.get().isDirectory()) {
          return true;
        }
        stat.ifPresent(found -> directories.push(path));
      }
    }
    return false;
  }
}
