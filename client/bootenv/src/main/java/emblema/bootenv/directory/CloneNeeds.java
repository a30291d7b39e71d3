package emblema.bootenv.directory;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import java.util.List;

/**
 * What a clone will take from the file system, at most.
 *
 * @param objects in the tree, for the progress; -1 if nobody counted them
 */
record CloneNeeds(long objects, long bytes, long inodes) {
  /** A directory, a link or a small file takes one block as a rule. */
  private static final long BLOCK = 4096;

  private static final CloneNeeds UNMEASURED = new CloneNeeds(-1, 0, 0);

  /** Nothing is measured where everything there is would fit once more. */
  static CloneNeeds of(Disk disk, SafePath tree, ClonePolicy policy) {
    return disk.space(Layout.TREES).holdsAllAgain() ? UNMEASURED : measure(disk, tree, policy);
  }

  static CloneNeeds measure(Disk disk, SafePath tree, ClonePolicy policy) {
    boolean[] hasProbed = new boolean[1];
    boolean[] sharesBlocks = new boolean[1];
    long[] sums = new long[3];
    new TreeWalker(disk)
        .walk(
            tree,
            (path, stat) -> {
              sums[0]++;
              SafePath relative = path.relativeTo(tree);
              if (!stat.isFile()) {
                sums[1] += BLOCK;
                sums[2]++;
                return stat.isDirectory() && policy.enters(relative, stat);
              }
              if (stat.size() > 0 && !hasProbed[0]) {
                hasProbed[0] = true;
                sharesBlocks[0] = probe(disk, path);
              }
              if (sharesBlocks[0] || !policy.mayLink(relative, stat)) {
                sums[2]++;
                sums[1] += sharesBlocks[0] ? 0 : allocated(stat);
              }
              return false;
            });
    return new CloneNeeds(sums[0], sums[1], sums[2] + 2);
  }

  private static long allocated(Stat stat) {
    return (Math.min(stat.size(), stat.allocated()) + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static boolean probe(Disk disk, SafePath file) {
    if (disk.share(file, Layout.PROBE, 0600)) {
      disk.remove(Layout.PROBE);
      return true;
    }
    return false;
  }

  /** Refuses, with figures, what cannot end well. */
  void check(Disk disk, String source) {
    Disk.Space space = disk.space(Layout.TREES);
    if (bytes <= space.freeBytes() && inodes <= space.freeInodes()) {
      return;
    }
    boolean lacksBytes = bytes > space.freeBytes();
    throw new StorageException(
        "cannot clone boot environment '"
            + source
            + "': not enough "
            + (lacksBytes ? "space" : "inodes")
            + " on the file system of '"
            + disk.root()
            + "'",
        lacksBytes
            ? "needed: " + bytes + " bytes, free: " + space.freeBytes()
            : "needed: " + inodes + " inodes, free: " + space.freeInodes(),
        List.of("'beadm list' shows environments that 'beadm destroy' could remove"),
        null);
  }
}
