package emblema.core.io;

import java.util.Collection;

/** How much of the write protocol is carried out. A value, so that nobody guesses (or forgets). */
public enum Durability {
  /** What was promised survives a power cut. */
  FULL {
    @Override
    public void sync(Disk disk, SafePath path) {
      disk.sync(path);
    }

    @Override
    public void syncAll(Disk disk) {
      disk.syncAll();
    }

    @Override
    public void syncDirectories(Disk disk, Collection<SafePath> directories) {
      if (directories.size() > GROUP) {
        disk.syncAll();
      } else {
        directories.forEach(disk::sync);
      }
    }
  },

  /** Files are whole after the process dies, not after the machine does: for throw-away trees. */
  NONE {
    @Override
    public void sync(Disk disk, SafePath path) {}

    @Override
    public void syncAll(Disk disk) {}

    @Override
    public void syncDirectories(Disk disk, Collection<SafePath> directories) {}
  };

  /** From here on one sync of the whole file system is cheaper than one for each directory. */
  private static final int GROUP = 16;

  public abstract void sync(Disk disk, SafePath path);

  public abstract void syncAll(Disk disk);

  /** Makes the entries of all these directories durable. */
  public abstract void syncDirectories(Disk disk, Collection<SafePath> directories);
}
