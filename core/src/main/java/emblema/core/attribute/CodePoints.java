package emblema.core.attribute;

import java.util.Comparator;

/**
 * The order of Unicode code points, which is also that of UTF-8 bytes. {@code String.compareTo}
 * orders UTF-16 units instead and puts supplementary characters before U+E000.
 */
public final class CodePoints {
  public static final Comparator<String> ORDER = CodePoints::compare;

  private CodePoints() {}

  public static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        return Integer.compare(rank(l), rank(r));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Moves surrogates behind all other units, where their code points belong. */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }
}
