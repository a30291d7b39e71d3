package emblema.image.solve;

import java.util.Arrays;

/** A growing list of numbers. */
final class IntList {
  private int[] items = new int[4];
  private int size;

  void add(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    items[size++] = item;
  }

  int get(int index) {
    return items[index];
  }

  void set(int index, int item) {
    items[index] = item;
  }

  int size() {
    return size;
  }

  /** Drops everything from the given length on. */
  void shorten(int length) {
    size = length;
  }

  int[] toArray() {
    return Arrays.copyOf(items, size);
  }
}
