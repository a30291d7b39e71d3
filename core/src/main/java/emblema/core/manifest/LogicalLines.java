package emblema.core.manifest;

import emblema.core.action.TextLines;
import emblema.core.error.MalformedException;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Physical lines joined to logical ones (spec manifest, 1.1): all Unicode line boundaries end a
 * line, leading white space is stripped, a backslash at the very end continues. Holds one line at a
 * time.
 */
final class LogicalLines {
  /** Longer lines are refused: no manifest has them, and a hostile one would fill the memory. */
  static final int LONGEST = 16 << 20;

  private static final int END = -1;

  private final Reader reader;
  private final char[] buffer = new char[8192];
  private final StringBuilder physical = new StringBuilder(512);
  private int at;
  private int filled;
  private boolean afterCarriageReturn;
  private int line;

  LogicalLines(Reader reader) {
    this.reader = reader;
  }

  /** The number of the last physical line of the logical line read last, from 1. */
  int line() {
    return line;
  }

  /** The next line that is neither empty nor a comment, or null at the end of the text. */
  @Nullable String next() throws IOException {
    StringBuilder joined = null;
    while (readPhysical()) {
      line++;
      int start = 0;
      int length = physical.length();
      while (start < length && isWhiteSpace(physical.charAt(start))) {
        start++;
      }
      boolean continued = length > start && physical.charAt(length - 1) == '\\';
      int end = continued ? length - 1 : length;
      if (joined != null || continued) {
        joined = joined == null ? new StringBuilder() : joined;
        joined.append(physical, start, end);
        checkLength(joined.length());
      }
      if (continued) {
        continue;
      }
      String logical = joined == null ? physical.substring(start, end) : joined.toString();
      if (!logical.isEmpty() && logical.charAt(0) != '#') {
        return logical;
      }
      joined = null;
    }
    return null; // a continuation that nothing follows is dropped
  }

  /** Fills {@link #physical} with one line without its end; false at the end of the text. */
  private boolean readPhysical() throws IOException {
    physical.setLength(0);
    while (true) {
      if (at == filled) {
        filled = reader.read(buffer, 0, buffer.length);
        at = 0;
        if (filled == END) {
          filled = 0;
          return !physical.isEmpty();
        }
      }
      if (afterCarriageReturn) {
        afterCarriageReturn = false;
        if (filled > 0 && buffer[at] == '\n') {
          at++;
          continue;
        }
      }
      int start = at;
      while (at < filled && !TextLines.isBoundary(buffer[at])) {
        at++;
      }
      physical.append(buffer, start, at - start);
      checkLength(physical.length());
      if (at < filled) {
        afterCarriageReturn = buffer[at++] == '\r';
        return true;
      }
    }
  }

  private void checkLength(int length) {
    if (length > LONGEST) {
      throw new MalformedException("the line is longer than " + LONGEST + " characters");
    }
  }

  /** Unicode white space as the reference strips it; a byte-order mark is not white space. */
  private static boolean isWhiteSpace(char c) {
    return Character.isSpaceChar(c) || c == '\t' || c == 0x1f || TextLines.isBoundary(c);
  }
}
