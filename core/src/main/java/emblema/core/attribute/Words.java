package emblema.core.attribute;

/**
 * Shares equal short texts, so that a hundred thousand actions hold one {@code owner} and one {@code
 * root}. A lossy table of fixed size: it never grows, needs no lock (a lost race only costs a copy),
 * and what it forgets is merely not shared.
 */
final class Words {
  private static final int LONGEST = 24;
  private static final String[] TABLE = new String[4096];

  private Words() {}

  static String shared(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int hash = text.hashCode();
    int slot = (hash ^ (hash >>> 12)) & (TABLE.length - 1);
    String known = TABLE[slot];
    if (text.equals(known)) {
      return known;
    }
    TABLE[slot] = text;
    return text;
  }
}
