package emblema.core.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * File names between bytes and text. Bytes that are not UTF-8 become lone surrogates U+DC80 to
 * U+DCFF and turn back into the same bytes.
 */
public final class OsNames {
  private OsNames() {}

  public static byte[] encode(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isEscaped(name, i)) {
        return encodeWithEscapes(name);
      }
    }
    return name.getBytes(StandardCharsets.UTF_8);
  }

  public static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return decodeWithEscapes(bytes);
    }
  }

  /** Whether the text came from valid UTF-8 and can stand in a manifest. */
  public static boolean isText(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isEscaped(name, i)) {
        return false;
      }
    }
    return true;
  }

  public static int lengthInBytes(String name) {
    return encode(name).length;
  }

  /** By code point, which is the order of the UTF-8 bytes; not by UTF-16 units. */
  public static int compare(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xs = Character.isSurrogate(x);
        boolean ys = Character.isSurrogate(y);
        return xs == ys ? Character.compare(x, y) : xs ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static boolean isEscaped(String name, int i) {
    char c = name.charAt(i);
    return c >= 0xDC80 && c <= 0xDCFF && (i == 0 || !Character.isHighSurrogate(name.charAt(i - 1)));
  }

  private static byte[] encodeWithEscapes(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(name.length() + 8);
    int start = 0;
    for (int i = 0; i < name.length(); i++) {
      if (isEscaped(name, i)) {
        out.writeBytes(name.substring(start, i).getBytes(StandardCharsets.UTF_8));
        out.write(name.charAt(i) & 0xFF);
        start = i + 1;
      }
    }
    out.writeBytes(name.substring(start).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static String decodeWithEscapes(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int i = 0;
    while (i < bytes.length) {
      int length = sequenceLength(bytes, i);
      if (length == 0) {
        text.append((char) (0xDC00 | (bytes[i] & 0xFF)));
        i++;
      } else {
        text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
        i += length;
      }
    }
    return text.toString();
  }

  /** Length of the valid UTF-8 sequence at the position, or 0. */
  private static int sequenceLength(byte[] bytes, int at) {
    int b = bytes[at] & 0xFF;
    int length =
        b < 0x80
            ? 1
            : b >= 0xC2 && b < 0xE0 ? 2 : b >= 0xE0 && b < 0xF0 ? 3 : b < 0xF5 && b >= 0xF0 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, at, length));
      return length;
    } catch (CharacterCodingException e) {
      return 0;
    }
  }
}
