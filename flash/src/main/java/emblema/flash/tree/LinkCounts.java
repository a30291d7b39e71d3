package emblema.flash.tree;

import emblema.core.io.Stat;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How many names of each file were seen. In trees that share their files with other trees by hard
 * links every file has several names: a count takes some thirty bytes.
 */
public final class LinkCounts {
  private final Map<Long, Table> devices = new HashMap<>();

  /** Open addressing by inode; a count of 0 is an empty slot. */
  private static final class Table {
    private long[] inodes = new long[64];
    private int[] counts = new int[64];
    private int used;

    private static int slot(long inode, int length) {
      return (int) (inode * 0x9E3779B97F4A7C15L >>> 32) & (length - 1);
    }

    private int find(long inode) {
      int slot = slot(inode, inodes.length);
      while (counts[slot] != 0 && inodes[slot] != inode) {
        slot = (slot + 1) & (inodes.length - 1);
      }
      return slot;
    }

    private void grow() {
      long[] oldInodes = inodes;
      int[] oldCounts = counts;
      inodes = new long[2 * oldInodes.length];
      counts = new int[inodes.length];
      for (int i = 0; i < oldInodes.length; i++) {
        if (oldCounts[i] != 0) {
          int slot = find(oldInodes[i]);
          inodes[slot] = oldInodes[i];
          counts[slot] = oldCounts[i];
        }
      }
    }

    int add(long inode) {
      int slot = find(inode);
      if (counts[slot] == 0) {
        if (++used > inodes.length / 4 * 3) {
          grow();
          slot = find(inode);
        }
        inodes[slot] = inode;
      }
      return ++counts[slot];
    }
  }

  /** Counts one more name; returns how many there are now. */
  public int add(Stat stat) {
    return devices.computeIfAbsent(stat.device(), absent -> new Table()).add(stat.inode());
  }

  /** Names counted of the file. */
  public int of(Stat stat) {
    Table table = devices.get(stat.device());
    return table == null ? 0 : table.counts[table.find(stat.inode())];
  }

  /** Whether some file has more than one name here. */
  public boolean hasSeveral() {
    for (Table table : devices.values()) {
      for (int count : Objects.requireNonNull(table).counts) {
        if (count > 1) {
          return true;
        }
      }
    }
    return false;
  }
}
