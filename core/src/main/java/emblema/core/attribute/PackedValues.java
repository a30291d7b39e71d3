package emblema.core.attribute;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values in one array of bytes, a fifth of what texts of their own would take: an image
 * of a hundred thousand files must fit a small heap. Each value is a head (length and kind, seven
 * bits a byte) and its content; hashes, the bulk of a manifest, lose their hex and their well-known
 * prefix.
 */
final class PackedValues {
  private static final int LATIN = 0;
  private static final int WIDE = 1;
  private static final int HEX = 2;
  private static final int KEPT = 3;

  private static final int SHORTEST_HASH = 40;
  private static final HexFormat HEX_FORMAT = HexFormat.of();

  /** What a hash begins with; the empty text last, since all texts do. */
  private static final String[] PREFIXES = {
    "file:sha512t_256:",
    "gzip:sha512t_256:",
    "gelf:sha512t_256:",
    "gelf.unsigned:sha512t_256:",
    "file:sha256:",
    "gzip:sha256:",
    "gelf:sha256:",
    "gelf.unsigned:sha256:",
    ""
  };

  private PackedValues() {}

  /**
   * @param pairs name, value, name, value, …
   * @param kept which value, from 0, its owner keeps as text; it is not packed. -1 for none
   */
  static byte[] pack(String[] pairs, int kept) {
    Growing bytes = new Growing(pairs.length * 16);
    for (int i = 1; i < pairs.length; i += 2) {
      String value = pairs[i];
      if (i / 2 == kept) {
        bytes.head(0, KEPT);
      } else if (!packHash(bytes, value)) {
        packText(bytes, value);
      }
    }
    return bytes.toArray();
  }

  private static boolean packHash(Growing bytes, String value) {
    if (value.length() < SHORTEST_HASH) {
      return false;
    }
    int prefix = 0;
    while (!value.startsWith(PREFIXES[prefix])) {
      prefix++;
    }
    int start = PREFIXES[prefix].length();
    if (((value.length() - start) & 1) != 0) {
      return false;
    }
    for (int i = start; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    bytes.head((value.length() - start) / 2, HEX);
    bytes.add(prefix);
    for (int i = start; i < value.length(); i += 2) {
      bytes.add(HexFormat.fromHexDigits(value, i, i + 2));
    }
    return true;
  }

  private static void packText(Growing bytes, String value) {
    boolean latin = true;
    for (int i = 0; latin && i < value.length(); i++) {
      latin = value.charAt(i) < 256;
    }
    bytes.head(value.length(), latin ? LATIN : WIDE);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!latin) {
        bytes.add(c >> 8);
      }
      bytes.add(c);
    }
  }

  /** The value at the given place. */
  static String unpack(byte[] bytes, int index, @Nullable String kept) {
    Cursor cursor = new Cursor(bytes, kept);
    for (int i = 0; i < index; i++) {
      cursor.skip();
    }
    return cursor.next();
  }

  /** Goes from value to value. */
  static final class Cursor {
    private final byte[] bytes;
    private final @Nullable String kept;
    private int at;

    Cursor(byte[] bytes, @Nullable String kept) {
      this.bytes = bytes;
      this.kept = kept;
    }

    void skip() {
      int head = head();
      int length = head >>> 2;
      at +=
          switch (head & 3) {
            case LATIN -> length;
            case WIDE -> 2 * length;
            case HEX -> length + 1;
            default -> 0;
          };
    }

    String next() {
      int head = head();
      int length = head >>> 2;
      int start = at;
      switch (head & 3) {
        case LATIN -> {
          at += length;
          return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        case HEX -> {
          at += length + 1;
          String hex = HEX_FORMAT.formatHex(bytes, start + 1, at);
          return PREFIXES[bytes[start]].isEmpty() ? hex : PREFIXES[bytes[start]] + hex;
        }
        case WIDE -> {
          at += 2 * length;
          char[] chars = new char[length];
          for (int i = 0; i < length; i++) {
            chars[i] = (char) (bytes[start + 2 * i] << 8 | bytes[start + 2 * i + 1] & 0xff);
          }
          return new String(chars);
        }
        default -> {
          return kept == null ? "" : kept;
        }
      }
    }

    private int head() {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = bytes[at++];
        value |= (b & 0x7f) << shift;
        if (b >= 0) {
          return value;
        }
      }
    }
  }

  private static final class Growing {
    private byte[] bytes;
    private int length;

    Growing(int capacity) {
      bytes = new byte[capacity];
    }

    void add(int b) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(16, length * 2));
      }
      bytes[length++] = (byte) b;
    }

    void head(int size, int kind) {
      int value = size << 2 | kind;
      while (value >>> 7 != 0) {
        add(value & 0x7f | 0x80);
        value >>>= 7;
      }
      add(value);
    }

    byte[] toArray() {
      return Arrays.copyOf(bytes, length);
    }
  }
}
