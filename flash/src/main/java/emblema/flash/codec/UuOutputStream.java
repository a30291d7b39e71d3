package emblema.flash.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Encodes as {@code uuencode} does: 45 bytes a line, a back-quote for zero, and a line {@code end}.
 * The stream below is not closed.
 */
public final class UuOutputStream extends OutputStream {
  private static final int LINE = 45;

  private final OutputStream out;
  private final byte[] pending = new byte[LINE];
  private final byte[] encoded = new byte[LINE / 3 * 4 + 2];
  private int filled;
  private boolean isClosed;

  /**
   * Writes the line {@code begin 644 NAME}.
   *
   * @param name of the file that a decoder makes
   */
  public UuOutputStream(OutputStream out, String name) throws IOException {
    this.out = out;
    put("begin 644 " + name + "\n");
  }

  private void put(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void write(int one) throws IOException {
    pending[filled++] = (byte) one;
    if (filled == LINE) {
      line();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  private void line() throws IOException {
    int n = 0;
    encoded[n++] = character(filled);
    for (int i = 0; i < filled; i += 3) {
      int three =
          (pending[i] & 0xFF) << 16
              | (i + 1 < filled ? (pending[i + 1] & 0xFF) << 8 : 0)
              | (i + 2 < filled ? pending[i + 2] & 0xFF : 0);
      encoded[n++] = character(three >> 18);
      encoded[n++] = character(three >> 12 & 0x3F);
      encoded[n++] = character(three >> 6 & 0x3F);
      encoded[n++] = character(three & 0x3F);
    }
    encoded[n++] = '\n';
    out.write(encoded, 0, n);
    filled = 0;
  }

  private static byte character(int six) {
    return (byte) (six == 0 ? '`' : ' ' + six);
  }

  /** Writes the rest and the end. */
  @Override
  public void close() throws IOException {
    if (!isClosed) {
      isClosed = true;
      if (filled > 0) {
        line();
      }
      put("`\nend\n");
    }
  }
}
