package emblema.flash.archive;

import emblema.core.error.ConflictException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The body of a section on its way into an archive. */
public final class SectionText {
  private SectionText() {}

  /** Writes a whole section; a last line without LF gets one. */
  public static void section(String name, InputStream body, OutputStream out) throws IOException {
    put("section_begin=" + name + "\n", out);
    LastByte lines = new LastByte(out);
    try (body) {
      copy(body, name, lines);
    }
    put((lines.last == '\n' ? "" : "\n") + "section_end=" + name + "\n", out);
  }

  private static void put(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Copies; refuses lines that would end the section early or begin another one. */
  static void copy(InputStream body, String name, OutputStream out) throws IOException {
    byte[] begin = "section_begin=".getBytes(StandardCharsets.UTF_8);
    byte[] end = ("section_end=" + name).getBytes(StandardCharsets.UTF_8);
    LineInput lines = new LineInput(body);
    byte[] buffer = new byte[1 << 13];
    boolean atStart = true;
    while (true) {
      if (atStart && (lines.begins(begin) || lines.begins(end))) {
        throw new ConflictException(
            "section '" + name + "' has a line that looks like a boundary of sections",
            "encode the section, for example with base64");
      }
      int n = lines.readInLine(buffer, 0, buffer.length);
      if (n < 0) {
        return;
      }
      atStart = buffer[n - 1] == '\n';
      out.write(buffer, 0, n);
    }
  }

  /** Remembers the last byte: a section ends with a line. */
  private static final class LastByte extends FilterOutputStream {
    int last = '\n';

    LastByte(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      last = one;
      out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0) {
        last = bytes[offset + length - 1];
        out.write(bytes, offset, length);
      }
    }
  }
}
