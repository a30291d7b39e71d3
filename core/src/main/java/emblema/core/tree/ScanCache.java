package emblema.core.tree;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the hashes of files between scans: an object whose device, inode, size, modification
 * and change time are those of last time need not be read again. Entries that changed within two
 * seconds of the moment they were read are not trusted (they may have changed again within one tick
 * of the clock: "racily clean"). A damaged or foreign cache file is no cache; losing it costs only
 * time.
 *
 * <p>Format: the text {@code EMBSCAN1}, then one record an object, big-endian: device, inode, size,
 * mtime, ctime (8 bytes each), one byte {@code 1} with the 52 bytes of a {@link ContentHash} or one
 * byte {@code 0}, a count of attributes and each as two UTF texts; sorted by device and inode.
 */
public final class ScanCache {
  private static final byte[] MAGIC = {'E', 'M', 'B', 'S', 'C', 'A', 'N', '1'};
  private static final long TRUST_AFTER = 2_000_000_000L;
  private static final int HASH = 52;

  /** Knows nothing and is never written. */
  public static final ScanCache NONE = new ScanCache(0);

  private final long[][] keys;
  private final ObjectFacts[] facts;
  private int size;

  private ScanCache(int capacity) {
    keys = new long[capacity][];
    facts = new ObjectFacts[capacity];
  }

  /** Reads a cache file; nothing there, or not understood: an empty cache. */
  public static ScanCache read(Disk disk, SafePath file) {
    if (disk.stat(file).isEmpty()) {
      return NONE;
    }
    try (InputStream raw = disk.read(file);
        DataInputStream in = new DataInputStream(new BufferedInputStream(raw, 1 << 16))) {
      byte[] magic = new byte[MAGIC.length];
      in.readFully(magic);
      if (!Arrays.equals(magic, MAGIC)) {
        return NONE;
      }
      int count = in.readInt();
      if (count < 0 || count > disk.stat(file).orElseThrow().size() / 40) {
        return NONE;
      }
      ScanCache cache = new ScanCache(count);
      for (int i = 0; i < count; i++) {
        cache.keys[i] =
            new long[] {in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()};
        cache.facts[i] = readFacts(in);
      }
      cache.size = count;
      return cache;
    } catch (EOFException e) {
      return NONE;
    } catch (IOException | IllegalArgumentException e) {
      return NONE;
    }
  }

  private static ObjectFacts readFacts(DataInputStream in) throws IOException {
    ContentHash hash = null;
    if (in.readByte() == 1) {
      byte[] bytes = new byte[HASH];
      in.readFully(bytes);
      hash = ContentHash.of(bytes);
    }
    int attributes = in.readUnsignedShort();
    if (attributes == 0) {
      return hash == null ? ObjectFacts.NONE : ObjectFacts.of(hash);
    }
    TreeMap<String, String> extensions = new TreeMap<>();
    for (int i = 0; i < attributes; i++) {
      extensions.put(in.readUTF(), in.readUTF());
    }
    return new ObjectFacts(hash, extensions);
  }

  /**
   * Writes what an index knows, for a later scan.
   *
   * @param began nanoseconds since the epoch when the scan began
   */
  public static void write(OutputStream out, TreeIndex index, long began) throws IOException {
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    Integer[] order = order(index, began - TRUST_AFTER);
    data.write(MAGIC);
    data.writeInt(order.length);
    for (int position : order) {
      TreeEntry entry = index.entry(position);
      data.writeLong(entry.device());
      data.writeLong(entry.inode());
      data.writeLong(entry.size());
      data.writeLong(entry.mtime());
      data.writeLong(entry.ctime());
      ObjectFacts known = index.facts(position);
      data.writeByte(known.hash() == null ? 0 : 1);
      if (known.hash() != null) {
        data.write(known.hash().toBytes());
      }
      data.writeShort(known.extensions().size());
      for (var extension : known.extensions().entrySet()) {
        data.writeUTF(extension.getKey());
        data.writeUTF(extension.getValue());
      }
    }
    data.flush();
  }

  /** Positions worth remembering, by device and inode, one for each object. */
  private static Integer[] order(TreeIndex index, long newest) {
    Integer[] order =
        java.util.stream.IntStream.range(0, index.size())
            .filter(i -> isWorthKeeping(index, i, newest))
            .boxed()
            .toArray(Integer[]::new);
    Arrays.sort(
        order,
        (a, b) -> {
          int byDevice = Long.compare(index.entry(a).device(), index.entry(b).device());
          return byDevice != 0
              ? byDevice
              : Long.compare(index.entry(a).inode(), index.entry(b).inode());
        });
    int kept = 0;
    for (int i = 0; i < order.length; i++) {
      TreeEntry entry = index.entry(order[i]);
      if (kept == 0
          || index.entry(order[kept - 1]).inode() != entry.inode()
          || index.entry(order[kept - 1]).device() != entry.device()) {
        order[kept++] = order[i];
      }
    }
    return Arrays.copyOf(order, kept);
  }

  private static boolean isWorthKeeping(TreeIndex index, int position, long newest) {
    TreeEntry entry = index.entry(position);
    if (entry.ctime() >= newest || entry.mtime() >= newest) {
      return false;
    }
    ObjectFacts known = index.facts(position);
    if (known.extensions().values().stream().anyMatch(value -> value.length() > 0xFFFF)) {
      return false;
    }
    return entry.isFile() ? known.hash() != null && known.hash().isFull() : entry.isDirectory();
  }

  /** What is known of the object, if it is still the one that was read. */
  public @Nullable ObjectFacts lookUp(TreeEntry entry) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long[] key = keys[middle];
      int order = Long.compare(key[0], entry.device());
      order = order != 0 ? order : Long.compare(key[1], entry.inode());
      if (order == 0) {
        boolean same = key[2] == entry.size() && key[3] == entry.mtime() && key[4] == entry.ctime();
        return same && (facts[middle].hash() != null) == entry.isFile() ? facts[middle] : null;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }
}
