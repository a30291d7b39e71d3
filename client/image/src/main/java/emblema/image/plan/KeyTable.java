package emblema.image.plan;

import java.util.Arrays;

/**
 * A set of 64-bit keys, each with a number: a few bytes an entry, so that an image of a hundred
 * thousand objects can be looked through in little memory. The keys are hashes ({@link Keys}).
 */
final class KeyTable {
  private long[] keys = new long[64];
  private int[] values = new int[64];
  private int size;

  /** The number, or 0 if the key is not there. */
  int get(long key) {
    return values[find(normal(key))];
  }

  boolean contains(long key) {
    return get(key) != 0;
  }

  void add(long key) {
    put(key, 1);
  }

  /**
   * @param value not 0
   */
  void put(long key, int value) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int slot = find(normal(key));
    if (values[slot] == 0) {
      keys[slot] = normal(key);
      size++;
    }
    values[slot] = value;
  }

  int size() {
    return size;
  }

  private static long normal(long key) {
    return key == 0 ? 1 : key;
  }

  private int find(long key) {
    int slot = (int) (key ^ (key >>> 32)) & (keys.length - 1);
    while (values[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[oldValues.length * 2];
    Arrays.fill(values, 0);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != 0) {
        int slot = find(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
