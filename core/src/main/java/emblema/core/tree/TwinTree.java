package emblema.core.tree;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Another tree that is expected to hold mostly the same, its contents known. A file that is byte
 * for byte the one at the same path there has its hash: comparing costs a fraction of hashing.
 */
public final class TwinTree {
  /** Differs from every tree. */
  public static final TwinTree NONE = new TwinTree(null, TreeIndex.EMPTY);

  private static final int BUFFER = 1 << 16;

  private final @Nullable Disk disk;
  private final TreeIndex index;

  private TwinTree(@Nullable Disk disk, TreeIndex index) {
    this.disk = disk;
    this.index = index;
  }

  /**
   * @param index of the tree, with contents
   */
  public static TwinTree of(Disk disk, TreeIndex index) {
    return new TwinTree(disk, index);
  }

  /** The hash of a file of {@code tree} if it equals the one here; null if it has to be read. */
  @Nullable ContentHash hash(Disk tree, TreeEntry file) throws IOException {
    int position = disk == null ? -1 : index.find(file.path());
    if (disk == null || position < 0) {
      return null;
    }
    TreeEntry twin = index.entry(position);
    ContentHash known = index.facts(position).hash();
    if (known == null || !known.isFull() || !twin.isFile() || twin.size() != file.size()) {
      return null;
    }
    SafePath path = SafePath.of(file.path());
    try (InputStream here = tree.read(path);
        InputStream there = disk.read(path)) {
      return isSame(here, there) ? known : null;
    }
  }

  private static boolean isSame(InputStream one, InputStream other) throws IOException {
    byte[] a = new byte[BUFFER];
    byte[] b = new byte[BUFFER];
    while (true) {
      int n = one.readNBytes(a, 0, BUFFER);
      int m = other.readNBytes(b, 0, BUFFER);
      if (n != m || Arrays.mismatch(a, 0, n, b, 0, n) >= 0) {
        return false;
      }
      if (n < BUFFER) {
        return true;
      }
    }
  }
}
