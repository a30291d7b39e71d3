package emblema.flash.archive;

import emblema.core.error.ConflictException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The body of a section on its way into an archive. */
final class SectionText {
  private SectionText() {}

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
}
