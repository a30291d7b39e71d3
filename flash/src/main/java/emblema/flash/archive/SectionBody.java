package emblema.flash.archive;

import emblema.core.error.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The lines of one section, without its boundaries; ends where the section does. */
final class SectionBody extends InputStream {
  private static final byte[] BEGIN = "section_begin=".getBytes(StandardCharsets.UTF_8);

  private final LineInput lines;
  private final String name;
  private final String source;
  private final byte[] endLine;
  private boolean atLineStart = true;
  private boolean ended;

  SectionBody(LineInput lines, String name, String source) {
    this.lines = lines;
    this.name = name;
    this.source = source;
    this.endLine = ("section_end=" + name + "\n").getBytes(StandardCharsets.UTF_8);
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
    if (ended) {
      return -1;
    }
    if (atLineStart) {
      if (lines.begins(endLine)) {
        lines.line(endLine.length);
        ended = true;
        return -1;
      }
      if (lines.begins(BEGIN)) {
        throw notClosed();
      }
    }
    int n = lines.readInLine(into, offset, length);
    if (n < 0) {
      throw notClosed();
    }
    atLineStart = into[offset + n - 1] == '\n';
    return n;
  }

  private MalformedException notClosed() {
    return new MalformedException(source, 0, 0, "section " + name + " is not closed", null);
  }

  /** Passes over what was not read. */
  void finish() throws IOException {
    byte[] rest = new byte[1 << 13];
    while (read(rest, 0, rest.length) >= 0) {
      // nobody wants it
    }
  }
}
