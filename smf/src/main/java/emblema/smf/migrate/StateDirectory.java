package emblema.smf.migrate;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;

/** Where the migration keeps its own files: the one class that knows their names. */
record StateDirectory(Places places) {
  private static final SafePath LOGICAL = SafePath.of("var/lib/emblema/shared-migrate");

  SafePath path() {
    return places.inside(LOGICAL);
  }

  SafePath lock() {
    return path().resolve("lock");
  }

  SafePath journal() {
    return path().resolve("journal");
  }

  SafePath damagedJournal() {
    return path().resolve("journal.damaged");
  }

  SafePath log() {
    return path().resolve("log");
  }

  SafePath oldLog() {
    return path().resolve("log.1");
  }

  void make() {
    makeDirectories(places.disk(), path());
  }

  /** Makes a directory and those above it that are missing, with mode 0755, and durable. */
  static void makeDirectories(Disk disk, SafePath directory) {
    if (disk.stat(directory).isPresent()) {
      return;
    }
    SafePath parent = directory.parent().orElseThrow();
    makeDirectories(disk, parent);
    disk.makeDirectory(directory, 0755);
    disk.sync(parent);
  }
}
