package emblema.smf.migrate;

import emblema.core.io.OsNames;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Paths in one field of one line: backslash, control characters and bytes that are not UTF-8 become
 * {@code \xNN}, so that every name has a printable text and comes back unchanged.
 */
final class PathText {
  private PathText() {}

  static String escape(String path) {
    StringBuilder out = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      if (c < 0x20 || c == '\\' || c == 0x7F) {
        out.append(String.format(Locale.ROOT, "\\x%02x", c));
      } else if (c >= 0xDC80 && c <= 0xDCFF) {
        out.append(String.format(Locale.ROOT, "\\x%02x", c & 0xFF));
      } else {
        out.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  /** The inverse; text that no {@link #escape} wrote comes back as it is. */
  static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 3 < text.length() && text.charAt(i + 1) == 'x') {
        int high = Character.digit(text.charAt(i + 2), 16);
        int low = Character.digit(text.charAt(i + 3), 16);
        if (high >= 0 && low >= 0) {
          bytes.writeBytes(OsNames.encode(text.substring(start, i)));
          bytes.write(high << 4 | low);
          start = i + 4;
          i += 3;
        }
      }
    }
    bytes.writeBytes(OsNames.encode(text.substring(start)));
    return OsNames.decode(bytes.toByteArray());
  }
}
