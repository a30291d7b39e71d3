package emblema.core.attribute;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Shares equal attribute names and equal lists of them, so that a hundred thousand actions hold one
 * {@code owner} and few lists. Lossy tables of fixed size: they never grow, and what they forget is
 * merely not shared.
 */
final class Words {
  private static final int LONGEST = 64;

  /** A lost race costs a copy only; texts are safe to share without any order. */
  private static final String[] NAMES = new String[1024];

  private static final AtomicReferenceArray<String[]> LISTS = new AtomicReferenceArray<>(1024);

  private Words() {}

  static String name(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int slot = slot(text.hashCode(), NAMES.length);
    String known = NAMES[slot];
    if (text.equals(known)) {
      return known;
    }
    NAMES[slot] = text;
    return text;
  }

  static String[] names(String[] names) {
    int slot = slot(Arrays.hashCode(names), LISTS.length());
    String[] known = LISTS.get(slot);
    if (Arrays.equals(names, known)) {
      return known;
    }
    LISTS.set(slot, names);
    return names;
  }

  private static int slot(int hash, int size) {
    return (hash ^ (hash >>> 16)) & (size - 1);
  }
}
