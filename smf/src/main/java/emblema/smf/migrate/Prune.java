package emblema.smf.migrate;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes emptied staging directories that no package delivers (spec, section 3.1, step 5). */
record Prune(Places places) {

  /**
   * @param left directories that stay whatever they hold
   */
  void run(AreaPlaces at, Set<SafePath> left) {
    List<SafePath> directories = directories(at.staging());
    if (directories.isEmpty()) {
      return;
    }
    Set<SafePath> kept = new HashSet<>(left);
    at.area().keep().forEach(path -> kept.add(at.staging().resolve(path)));
    new PackagedDirectories(places)
        .below(at.area().staging())
        .forEach(path -> kept.add(places.inside(path)));
    for (SafePath directory : directories.reversed()) {
      if (!kept.contains(directory)) {
        removeIfEmpty(directory);
      }
    }
  }

  /** All below the root, parents first. */
  private List<SafePath> directories(SafePath root) {
    List<SafePath> found = new ArrayList<>();
    new TreeWalker(places.disk())
        .walk(
            root,
            new TreeWalker.Visitor() {
              @Override
              public boolean enter(SafePath path, Stat stat) {
                return stat.isDirectory() && found.add(path);
              }

              @Override
              public void failed(SafePath directory, EmblemaException failure) {
                // Unreadable: it was reported as left, and it is not empty.
              }
            });
    return found;
  }

  private void removeIfEmpty(SafePath directory) {
    Disk disk = places.disk();
    try {
      if (disk.list(directory).isEmpty()) {
        disk.removeDirectory(directory);
      }
    } catch (AccessException | ConflictException | NotFoundException e) {
      return; // A mount point, or filled meanwhile: the next run sees it again.
    }
  }
}
