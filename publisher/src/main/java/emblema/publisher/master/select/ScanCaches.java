package emblema.publisher.master.select;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.tree.ScanCache;
import emblema.core.tree.TreeDigest;
import emblema.core.tree.TreeIndex;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** The directory of scan caches, one file a tree. Failing to write one only costs time later. */
public final class ScanCaches {
  private final Disk disk;
  private final InstantSource clock;

  /**
   * @param clock compared with times of files; part of no result
   */
  public ScanCaches(Disk disk, InstantSource clock) {
    this.disk = disk;
    this.clock = clock;
  }

  /** The directory must exist. */
  public static ScanCaches in(Path directory, InstantSource clock) {
    return new ScanCaches(RealDisk.open(directory), clock);
  }

  ScanCache read(Path tree) {
    return ScanCache.read(disk, file(tree));
  }

  void write(Path tree, TreeIndex index, long began) {
    SafePath temporary = SafePath.of(file(tree).text() + ".new");
    try {
      if (disk.stat(temporary).isPresent()) {
        disk.remove(temporary);
      }
      try (OutputStream out = disk.create(temporary, 0600)) {
        ScanCache.write(out, index, began);
      }
      disk.rename(temporary, file(tree));
    } catch (IOException | EmblemaException e) {
      System.getLogger(ScanCaches.class.getName())
          .log(System.Logger.Level.DEBUG, "no scan cache", e);
    }
  }

  private static SafePath file(Path tree) {
    return SafePath.of(
        "scan-" + TreeDigest.ofText(tree.toAbsolutePath().normalize().toString()).substring(0, 16));
  }

  /** Nanoseconds since the epoch. */
  long now() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
