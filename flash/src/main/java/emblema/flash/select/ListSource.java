package emblema.flash.select;

import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.io.OsNames;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A list of names: one a line, ended by LF, taken literally; empty lines mean nothing (spec
 * flar-cli, 3.1).
 *
 * @param name for messages
 */
public record ListSource(String name, Opener opener) {
  private static final int LONGEST_LINE = 1 << 15;

  /** Opens the list. */
  public interface Opener {
    InputStream open() throws IOException;
  }

  /** A line of a filter: {@code + path} or {@code - path}. */
  public interface FilterLine {
    void rule(boolean isIncluded, String path);
  }

  void names(Consumer<String> each) {
    lines((line, number) -> each.accept(line));
  }

  void filters(FilterLine each) {
    lines(
        (line, number) -> {
          int at = 1;
          while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
          }
          boolean isIncluded = line.charAt(0) == '+';
          if ((!isIncluded && line.charAt(0) != '-') || at == 1 || at == line.length()) {
            throw new MalformedException(name, number, 0, "a filter is '+ path' or '- path'", line);
          }
          each.rule(isIncluded, line.substring(at));
        });
  }

  private interface EachLine {
    void line(String line, int number);
  }

  private void lines(EachLine each) {
    try (InputStream in = new BufferedInputStream(opener.open(), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int number = 1;
      for (int one = in.read(); ; one = in.read()) {
        if (one == '\n' || one < 0) {
          if (line.size() > 0) {
            each.line(OsNames.decode(line.toByteArray()), number);
            line.reset();
          }
          if (one < 0) {
            return;
          }
          number++;
        } else if (line.size() == LONGEST_LINE) {
          throw new MalformedException(name, number, 0, "a line is too long for a path", null);
        } else {
          line.write(one);
        }
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot read list '" + name + "'",
          Objects.toString(e.getMessage(), null),
          List.of("lists are named by their full path, or relative to the current directory"),
          e);
    }
  }
}
