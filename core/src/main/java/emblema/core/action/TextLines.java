package emblema.core.action;

/** Where manifest text is cut into lines (spec manifest, 1.1): at all Unicode line boundaries. */
public final class TextLines {
  private TextLines() {}

  public static boolean isBoundary(char c) {
    return (c >= 0x0a && c <= 0x0d)
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }
}
