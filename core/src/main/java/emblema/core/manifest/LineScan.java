package emblema.core.manifest;

import emblema.core.action.TextLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the logical lines of UTF-8 text in its bytes, as {@link LogicalLines} finds them in its
 * characters; at the first line that is out of the ordinary (continued, indented, ended by anything
 * but a line feed) it leaves the rest to that.
 */
final class LineScan {
  private static final long START = 0xcbf29ce484222325L;
  private static final long FACTOR = 0x100000001b3L;

  /** Longer lines are left to {@link LogicalLines}, which limits them. */
  private static final int LONGEST = 1 << 20;

  private static final int QUOTED = 1;
  private static final int STRANGE = 2;
  private static final int WIDE = 4;
  private static final byte[] KINDS = kinds();

  private final InputStream in;
  private final ManifestLine line = new ManifestLine();
  private byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;
  private boolean isAtEnd;
  private int number;
  private @Nullable LogicalLines rest;

  LineScan(InputStream in) {
    this.in = in;
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    Arrays.fill(kinds, 0, ' ', (byte) STRANGE);
    kinds['\t'] = QUOTED;
    kinds['"'] = QUOTED;
    kinds['\''] = QUOTED;
    kinds['\\'] = QUOTED;
    return kinds;
  }

  static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** The number of the last physical line of the line read last, from 1. */
  int number() {
    LogicalLines slow = rest;
    return slow == null ? number : number + slow.line();
  }

  /** The next line that is neither empty nor a comment, or null at the end of the text. */
  @Nullable ManifestLine next() throws IOException {
    while (rest == null) {
      int kind = 0;
      long hash = START;
      int i = at;
      while (true) {
        if (i == filled) {
          int read = i - at;
          boolean hasMore = fill();
          i = at + read;
          if (!hasMore) {
            break;
          }
        }
        byte b = buffer[i];
        if (b == '\n') {
          break;
        }
        kind |= b < 0 ? WIDE : KINDS[b];
        hash = (hash ^ b) * FACTOR;
        i++;
      }
      if (i == at && isAtEnd && i == filled) {
        return null;
      }
      String text = null;
      if (isOrdinary(i, kind) && (kind & WIDE) != 0) {
        text = decoder().decode(ByteBuffer.wrap(buffer, at, i - at)).toString();
      }
      if (!isOrdinary(i, kind) || text != null && !isOrdinary(text)) {
        rest = leave();
        break;
      }
      int start = at;
      at = Math.min(i + 1, filled);
      number++;
      if (i > start && buffer[start] != '#') {
        line.set(buffer, start, i, end(hash), kind == 0, text);
        return line;
      }
    }
    return slowly(rest);
  }

  private @Nullable ManifestLine slowly(LogicalLines lines) throws IOException {
    String text = lines.next();
    if (text == null) {
      return null;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long hash = START;
    int kind = 0;
    for (byte b : bytes) {
      hash = (hash ^ b) * FACTOR;
      kind |= b < 0 ? WIDE : KINDS[b];
    }
    line.set(bytes, 0, bytes.length, end(hash), kind == 0, text);
    return line;
  }

  /**
   * Reads on, keeping what has been read of this line; false at the end or where it is too long.
   */
  private boolean fill() throws IOException {
    int kept = filled - at;
    if (isAtEnd || kept >= LONGEST) {
      return false;
    }
    if (kept == buffer.length) {
      buffer = Arrays.copyOf(buffer, kept * 2);
    } else {
      System.arraycopy(buffer, at, buffer, 0, kept);
    }
    at = 0;
    filled = kept;
    int n = in.read(buffer, kept, buffer.length - kept);
    if (n < 0) {
      isAtEnd = true;
      return false;
    }
    filled += n;
    return true;
  }

  private boolean isOrdinary(int end, int kind) {
    if ((kind & STRANGE) != 0 || end == filled && !isAtEnd) {
      return false;
    }
    return end == at || buffer[at] != ' ' && buffer[at] != '\t' && buffer[end - 1] != '\\';
  }

  private static boolean isOrdinary(String text) {
    if (Character.isSpaceChar(text.charAt(0))) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (TextLines.isBoundary(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private LogicalLines leave() {
    InputStream head = new ByteArrayInputStream(buffer, at, filled - at);
    return new LogicalLines(new InputStreamReader(new SequenceInputStream(head, in), decoder()));
  }

  private static long end(long hash) {
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
