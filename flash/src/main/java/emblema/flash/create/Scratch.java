package emblema.flash.create;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A private directory that goes away again, whatever becomes of the work. */
public final class Scratch implements AutoCloseable {
  private static final int ATTEMPTS = 1000;
  private static final int PRIVATE = 0700;

  private final Disk parent;
  private final SafePath name;
  private final Disk disk;

  private Scratch(Disk parent, SafePath name, Disk disk) {
    this.parent = parent;
    this.name = name;
    this.disk = disk;
  }

  /**
   * Makes a directory.
   *
   * @param place an existing directory, {@code /tmp}
   * @param pid of this process: part of the name
   */
  public static Scratch in(Path place, long pid) {
    Disk parent = RealDisk.open(place);
    try {
      for (int i = 0; i < ATTEMPTS; i++) {
        SafePath name = SafePath.of("flash-" + pid + (i == 0 ? "" : "-" + i));
        if (parent.stat(name).isEmpty()) {
          parent.makeDirectory(name, PRIVATE);
          return new Scratch(parent, name, RealDisk.open(parent.root().resolve(name.text())));
        }
      }
      throw new ConflictException(
          "'" + place + "' is full of directories 'flash-" + pid + "'", "remove old ones");
    } catch (RuntimeException e) {
      parent.close();
      throw e;
    }
  }

  public Disk disk() {
    return disk;
  }

  /** Removes everything. */
  @Override
  public void close() {
    try {
      TreeRemoval.remove(parent, name);
    } finally {
      disk.close();
      parent.close();
    }
  }

  /** Like {@link #close}, for a process that is being stopped: never fails. */
  public void abandon() {
    try {
      TreeRemoval.remove(parent, name);
    } catch (EmblemaException e) {
      return; // Nobody is left to tell.
    }
  }

  static StorageException unwritable(Disk disk, SafePath file, IOException e) {
    return new StorageException(
        "cannot write '" + disk.describe(file) + "'",
        Objects.toString(e.getMessage(), null),
        List.of("free some space, or name another place for temporary files with TMPDIR"),
        e);
  }
}
