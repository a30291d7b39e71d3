package emblema.flash.manifest;

import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.io.OsNames;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest line by line, in constant memory. It is not trusted: names are absolute and
 * without {@code .} and {@code ..}, so that none leaves the clone; damage is a {@code
 * MalformedException} with the number of the line in the section.
 */
public final class ChecklistReader {
  /** Two of the longest paths that Linux takes, and room for the rest. */
  private static final int LONGEST_LINE = 1 << 15;

  private final InputStream in;
  private final String source;
  private int number;
  private boolean isListing;
  private boolean isInDirectory;

  /**
   * @param in the lines between the boundaries of the section; not closed
   * @param source names the archive in errors
   */
  public ChecklistReader(InputStream in, String source) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.source = source + ": manifest";
  }

  /** The next line, or null after the last. */
  public @Nullable Line next() {
    while (true) {
      String text = line();
      if (text == null) {
        if (!isListing || isInDirectory) {
          throw malformed("Unexpected manifest end", null);
        }
        return null;
      }
      if (isListing) {
        if (!text.isEmpty()) {
          return entry(text);
        }
      } else if (text.equals("checklist")) {
        isListing = true;
      } else {
        Line.Sign sign = text.length() > 2 ? Line.Sign.of(text.charAt(0)) : null;
        if (sign != null && text.charAt(1) == ' ') {
          return new Line.Filter(sign, path(text.substring(2), text));
        }
      }
    }
  }

  private Line entry(String text) {
    if (text.startsWith("\\d")) {
      isInDirectory = false;
      return new Line.Listed(path(text.substring(2), text));
    }
    isInDirectory = true;
    int tab = text.indexOf('\t');
    if (tab < 0) {
      throw malformed("a line has no state", text);
    }
    String path = path(text.substring(0, tab), text);
    String state = text.substring(tab + 1);
    if (state.startsWith("N")) {
      return new Line.Arriving(path);
    }
    return state.startsWith("O\t")
        ? new Line.Leaving(path, state(state.substring(2), text))
        : new Line.Kept(path, state(state, text));
  }

  private ObjectState state(String fields, String text) {
    // mode TAB uid TAB gid TAB rest, eight characters each
    int rest = 3 * (Nibbles.LENGTH + 1);
    if (fields.length() <= rest
        || fields.charAt(8) != '\t'
        || fields.charAt(17) != '\t'
        || fields.charAt(26) != '\t') {
      throw malformed("a state is not complete", text);
    }
    int mode = Nibbles.parse(fields, 0);
    int uid = Nibbles.parse(fields, 9);
    int gid = Nibbles.parse(fields, 18);
    String target = "";
    int mtime = 0;
    long size = ObjectState.ANY_SIZE;
    char form = fields.charAt(rest);
    if (form == 'l') {
      target = fields.startsWith("l\t", rest) ? fields.substring(rest + 2) : "";
    } else if (form != 'd') {
      if (fields.length() < rest + 10 || fields.charAt(rest + Nibbles.LENGTH) != '\t') {
        throw malformed("a state is not complete", text);
      }
      mtime = Nibbles.parse(fields, rest);
      size = size(fields.substring(rest + Nibbles.LENGTH + 1), text);
    }
    ObjectState state = new ObjectState(mode, uid, gid, target, mtime, size);
    if (state.isDirectory() != (form == 'd') || state.isLink() != (form == 'l')) {
      throw malformed("mode and form of a state do not agree", text);
    }
    return state;
  }

  private long size(String digits, String text) {
    if (digits.startsWith("s")) {
      return ObjectState.ANY_SIZE;
    }
    if (digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed("a size is not a number", text);
    }
    return Long.parseLong(digits);
  }

  private String path(String path, String text) {
    boolean isSafe = path.startsWith("/") && path.indexOf('\0') < 0;
    if (isSafe && path.length() > 1) {
      for (String name : path.substring(1).split("/", -1)) {
        isSafe &= !name.isEmpty() && !name.equals(".") && !name.equals("..");
      }
    }
    if (!isSafe) {
      throw malformed("a path is not absolute and plain", text);
    }
    return path;
  }

  private @Nullable String line() {
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int one = in.read(); one != '\n'; one = in.read()) {
        if (one < 0) {
          return line.size() == 0 ? null : OsNames.decode(line.toByteArray());
        }
        if (line.size() == LONGEST_LINE) {
          throw malformed("a line is longer than " + LONGEST_LINE + " bytes", null);
        }
        line.write(one);
      }
    } catch (IOException e) {
      throw new StorageException(
          source + ": Read error while reading manifest",
          Objects.toString(e.getMessage(), null),
          List.of(),
          e);
    }
    return OsNames.decode(line.toByteArray());
  }

  private MalformedException malformed(String reason, @Nullable String text) {
    return new MalformedException(source, number, 0, reason, text);
  }
}
