package emblema.flash.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text part of an archive as lines of bytes, split at LF only, and what follows it as a stream:
 * no byte is read into a decoder that could not give it back. Lines that are handed out whole have
 * a limit; lines that are only passed on have none.
 */
final class LineInput {
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private long taken;

  /** A line that nobody could mean. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;

    TooLong(int longest) {
      super("a line is longer than " + longest + " bytes");
    }
  }

  LineInput(InputStream in) {
    this.in = in;
  }

  /**
   * The next line without its LF, or null at the end.
   *
   * @param longest in bytes; a longer line is {@link TooLong}
   */
  byte @Nullable [] line(int longest) throws IOException {
    byte[] line = new byte[0];
    while (true) {
      if (start == end && !fill()) {
        return line.length == 0 ? null : line;
      }
      int lf = indexOfLf();
      int until = lf < 0 ? end : lf;
      if (line.length + (until - start) > longest) {
        throw new TooLong(longest);
      }
      line = Arrays.copyOf(line, line.length + until - start);
      System.arraycopy(buffer, start, line, line.length - (until - start), until - start);
      start = lf < 0 ? end : lf + 1;
      if (lf >= 0) {
        return line;
      }
    }
  }

  /** Whether the next bytes are these; takes none. */
  boolean begins(byte[] bytes) throws IOException {
    if (end - start < bytes.length) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
      while (end < bytes.length) {
        int n = in.read(buffer, end, buffer.length - end);
        if (n < 0) {
          return false;
        }
        end += n;
        taken += n;
      }
    }
    return Arrays.equals(buffer, start, start + bytes.length, bytes, 0, bytes.length);
  }

  /** Bytes of the present line, at most up to and with its LF; -1 at the end of everything. */
  int readInLine(byte[] into, int offset, int length) throws IOException {
    if (start == end && !fill()) {
      return -1;
    }
    int lf = indexOfLf();
    int n = Math.min(length, (lf < 0 ? end : lf + 1) - start);
    System.arraycopy(buffer, start, into, offset, n);
    start += n;
    return n;
  }

  /** Any bytes: what follows the text. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (start == end) {
      int read = in.read(into, offset, length);
      taken += Math.max(0, read);
      return read;
    }
    int n = Math.min(length, end - start);
    System.arraycopy(buffer, start, into, offset, n);
    start += n;
    return n;
  }

  /** Bytes handed out since the beginning. */
  long position() {
    return taken - (end - start);
  }

  private boolean fill() throws IOException {
    start = 0;
    end = 0;
    int n = in.read(buffer, 0, buffer.length);
    end = Math.max(0, n);
    taken += end;
    return n > 0;
  }

  private int indexOfLf() {
    for (int i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** UTF-8, or ISO 8859-1 where it is not (spec flash-archive, 1, rule 8). */
  static String text(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      return new String(line, StandardCharsets.ISO_8859_1);
    }
  }
}
