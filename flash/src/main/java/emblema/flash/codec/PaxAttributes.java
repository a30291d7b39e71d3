package emblema.flash.codec;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Extended attributes in pax headers: as bytes ({@code SCHILY.xattr.NAME}) and as base64 under an
 * escaped name ({@code LIBARCHIVE.xattr.NAME}). Of one attribute in both forms the text counts,
 * because a reader of headers as text spoils the bytes.
 */
final class PaxAttributes {
  static final String BYTES = "SCHILY.xattr.";
  static final String TEXT = "LIBARCHIVE.xattr.";
  private static final char SPOILT = '\uFFFD';

  private PaxAttributes() {}

  /** With percent signs for what must not stand in a keyword. */
  static String escape(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 127 && b != '=' && b != '%') {
        text.append((char) b);
      } else {
        text.append(String.format("%%%02X", b & 0xFF));
      }
    }
    return text.toString();
  }

  private static String unescape(String text) {
    byte[] bytes = new byte[text.length()];
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        bytes[n++] = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[n++] = (byte) c;
      }
    }
    return new String(bytes, 0, n, StandardCharsets.UTF_8);
  }

  /**
   * @throws IllegalArgumentException for a value that is no base64, or a name wrongly escaped
   */
  static Map<String, byte[]> of(Map<String, String> headers) {
    Map<String, byte[]> attributes = new TreeMap<>();
    headers.forEach(
        (key, value) -> {
          if (key.startsWith(BYTES) && value.indexOf(SPOILT) < 0) {
            attributes.put(key.substring(BYTES.length()), value.getBytes(StandardCharsets.UTF_8));
          }
        });
    headers.forEach(
        (key, value) -> {
          if (key.startsWith(TEXT)) {
            attributes.put(
                unescape(key.substring(TEXT.length())), Base64.getDecoder().decode(value));
          }
        });
    return attributes;
  }
}
