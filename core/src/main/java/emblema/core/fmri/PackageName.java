package emblema.core.fmri;

/** The alphabets of package names (spec fmri-version, 5 and 5.3). */
final class PackageName {
  private PackageName() {}

  /**
   * Parts separated by slashes, each an ASCII letter or digit, then letters, digits or {@code
   * _-.+}.
   */
  static boolean isValid(String name) {
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/') {
        if (first) {
          return false;
        }
        first = true;
      } else if (isAlphanumeric(c)) {
        first = false;
      } else if (first || !isMark(c)) {
        return false;
      }
    }
    return !first;
  }

  /** The weak grammar of patterns: the same characters and {@code *?}, at any place. */
  static boolean isPattern(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isAlphanumeric(c) && !isMark(c) && c != '/' && c != '*' && c != '?') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isMark(char c) {
    return c == '_' || c == '-' || c == '.' || c == '+';
  }
}
