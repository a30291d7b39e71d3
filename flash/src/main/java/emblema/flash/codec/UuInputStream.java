package emblema.flash.codec;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the lines that {@code uuencode} writes (spec flash-archive, section 5): back-quote or
 * blank for zero, blanks at the end of lines left out or not, lines ended by LF or CR LF. Ends with
 * the line {@code end}; text without a line {@code begin} is empty.
 */
public final class UuInputStream extends InputStream {
  /** 45 bytes become 61 characters; nobody writes more than 63. */
  private static final int LONGEST_LINE = 1024;

  private final InputStream in;
  private byte[] decoded = {};
  private int at;
  private boolean hasBegun;
  private boolean ended;

  public UuInputStream(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 13);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == decoded.length) {
      if (ended || !more()) {
        return -1;
      }
    }
    int n = Math.min(length, decoded.length - at);
    System.arraycopy(decoded, at, into, offset, n);
    at += n;
    return n;
  }

  /** Decodes the next line; false at the end. */
  private boolean more() throws IOException {
    String line = line();
    while (!hasBegun && line != null) {
      hasBegun = line.startsWith("begin ");
      line = line();
    }
    if (line == null) {
      ended = true;
      if (hasBegun) {
        throw new EOFException("uuencoded text without an end");
      }
      return false;
    }
    if (line.equals("end")) {
      ended = true;
      return false;
    }
    at = 0;
    decoded = decode(line);
    return true;
  }

  private static byte[] decode(String line) throws IOException {
    byte[] bytes = new byte[line.isEmpty() ? 0 : value(line, 0)];
    for (int i = 0; i < bytes.length; i++) {
      int bit = i * 8;
      int character = 1 + bit / 6;
      int two = value(line, character) << 6 | value(line, character + 1);
      bytes[i] = (byte) (two >>> (4 - bit % 6));
    }
    return bytes;
  }

  /** What is left out at the end is blank. */
  private static int value(String line, int index) throws IOException {
    char c = index < line.length() ? line.charAt(index) : ' ';
    if (c < ' ' || c > '`') {
      throw new IOException("'" + line + "' is no uuencoded line");
    }
    return c - ' ' & 0x3F;
  }

  private @org.jspecify.annotations.Nullable String line() throws IOException {
    byte[] bytes = new byte[LONGEST_LINE];
    int length = 0;
    int c = in.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != '\n') {
      if (length == LONGEST_LINE) {
        throw new IOException("a uuencoded line is too long");
      }
      bytes[length++] = (byte) c;
      c = in.read();
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
