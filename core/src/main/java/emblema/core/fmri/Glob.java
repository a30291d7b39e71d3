package emblema.core.fmri;

/**
 * Shell matching over a whole text: {@code *} stands for any characters, {@code ?} for one, both
 * also for a slash; {@code [abc]}, {@code [a-z]} and {@code [!a]} for one of a set. Case counts.
 * The time is bounded by the product of the lengths.
 */
public final class Glob {
  private Glob() {}

  public static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      int next =
          p < pattern.length() && pattern.charAt(p) != '*' ? step(pattern, p, text.charAt(t)) : -1;
      if (next > 0) {
        p = next;
        t++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Index after the pattern element at {@code p} if it takes the character, else -1. */
  private static int step(String pattern, int p, char c) {
    char element = pattern.charAt(p);
    if (element == '[') {
      int first = p + 1;
      boolean negated = first < pattern.length() && pattern.charAt(first) == '!';
      int from = negated ? first + 1 : first;
      int close = pattern.indexOf(']', from + 1);
      if (close > 0) {
        return setHolds(pattern, from, close, c) != negated ? close + 1 : -1;
      }
    }
    return element == '?' || element == c ? p + 1 : -1;
  }

  private static boolean setHolds(String pattern, int from, int close, char c) {
    for (int i = from; i < close; i++) {
      if (i + 2 < close && pattern.charAt(i + 1) == '-') {
        if (pattern.charAt(i) <= c && c <= pattern.charAt(i + 2)) {
          return true;
        }
        i += 2;
      } else if (pattern.charAt(i) == c) {
        return true;
      }
    }
    return false;
  }
}
