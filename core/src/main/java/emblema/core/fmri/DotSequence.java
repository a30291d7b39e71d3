package emblema.core.fmri;

import emblema.core.error.MalformedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of any size separated by dots: {@code 5.11.0} (spec fmri-version, sections 1 and 2). No
 * number above zero may begin with 0; the text is kept as read, so {@code 00} prints as {@code 00}
 * and equals {@code 0}.
 */
public record DotSequence(String text) implements Comparable<DotSequence> {
  public DotSequence {
    if (!isValid(text)) {
      throw new MalformedException("Bad Version: " + text);
    }
  }

  public static DotSequence parse(String text) {
    return new DotSequence(text);
  }

  /** The numbers as text, most significant first. */
  public List<String> components() {
    return List.of(text.split("\\.", -1));
  }

  /** Whether the given sequence begins with all numbers of this one. */
  public boolean isPrefixOf(DotSequence other) {
    return common(other) == count();
  }

  /** Whether the first {@code count} numbers exist and are equal in both. */
  public boolean sharesFirst(int count, DotSequence other) {
    return common(other) >= count;
  }

  /** Element by element as numbers; a proper prefix is smaller. */
  @Override
  public int compareTo(DotSequence other) {
    String a = text;
    String b = other.text;
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int iEnd = componentEnd(a, i);
      int jEnd = componentEnd(b, j);
      int order = compareNumbers(a, i, iEnd, b, j, jEnd);
      if (order != 0) {
        return order;
      }
      i = iEnd + 1;
      j = jEnd + 1;
    }
    return Boolean.compare(i < a.length(), j < b.length());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DotSequence that && compareTo(that) == 0;
  }

  /** Over the numbers without their leading zeros, since {@code 00} equals {@code 0}. */
  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < text.length(); ) {
      int end = componentEnd(text, i);
      int number = 0;
      for (int k = i; k < end; k++) {
        number = number * 10 + (text.charAt(k) - '0');
      }
      hash = hash * 31 + number;
      i = end + 1;
    }
    return hash;
  }

  @Override
  public String toString() {
    return text;
  }

  private int count() {
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '.') {
        count++;
      }
    }
    return count;
  }

  /** How many leading numbers are equal. */
  private int common(DotSequence other) {
    String a = text;
    String b = other.text;
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int iEnd = componentEnd(a, i);
      int jEnd = componentEnd(b, j);
      if (compareNumbers(a, i, iEnd, b, j, jEnd) != 0) {
        break;
      }
      count++;
      i = iEnd + 1;
      j = jEnd + 1;
    }
    return count;
  }

  private static int componentEnd(String text, int from) {
    int dot = text.indexOf('.', from);
    return dot < 0 ? text.length() : dot;
  }

  private static int compareNumbers(String a, int i, int iEnd, String b, int j, int jEnd) {
    int from = skipZeros(a, i, iEnd);
    int other = skipZeros(b, j, jEnd);
    int order = Integer.compare(iEnd - from, jEnd - other);
    for (int k = 0; order == 0 && k < iEnd - from; k++) {
      order = Character.compare(a.charAt(from + k), b.charAt(other + k));
    }
    return order;
  }

  private static int skipZeros(String text, int from, int end) {
    int at = from;
    while (at < end && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  private static boolean isValid(String text) {
    if (text.isEmpty()) {
      return false;
    }
    for (int i = 0; i <= text.length(); ) {
      int end = componentEnd(text, i);
      if (end == i) {
        return false;
      }
      for (int k = i; k < end; k++) {
        if (text.charAt(k) < '0' || text.charAt(k) > '9') {
          return false;
        }
      }
      if (text.charAt(i) == '0' && skipZeros(text, i, end) < end) {
        return false;
      }
      i = end + 1;
    }
    return true;
  }
}
