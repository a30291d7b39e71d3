package emblema.flash.create;

import emblema.core.io.OsNames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Lines and boundaries of sections. */
final class TextLines {
  private static final int STEP = 1 << 12;

  private final OutputStream out;

  TextLines(OutputStream out) {
    this.out = out;
  }

  void line(String line) {
    put(line + "\n");
  }

  void begin(String section) {
    line("section_begin=" + section);
  }

  void end(String section) {
    line("section_end=" + section);
  }

  void section(String name, List<String> lines) {
    begin(name);
    lines.forEach(this::line);
    end(name);
  }

  /** So many bytes that say nothing: none, or blanks and the end of their line. */
  void blanks(long count) {
    for (long left = count; left > 0; left -= STEP) {
      String blanks = " ".repeat((int) Math.min(STEP, left));
      put(left <= STEP ? blanks.substring(1) + "\n" : blanks);
    }
  }

  private void put(String text) {
    try {
      out.write(OsNames.encode(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
