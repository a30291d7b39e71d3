package emblema.flash.archive;

import emblema.core.error.MalformedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The first line of a Flash archive (spec flash-archive, section 2). */
public record Cookie(int major, int minor) {
  /** What we write. */
  public static final Cookie CURRENT = new Cookie(2, 0);

  private static final Pattern FORM =
      Pattern.compile("FlAsH-aRcHiVe-([0-9]{1,4})\\.([0-9]{1,4})(?:\\.[0-9]+)*");

  /** Longest line that can be a cookie. */
  static final int LONGEST = 64;

  /** Refuses other lines, and versions that nobody knows. */
  static Cookie parse(String line, String source) {
    Matcher form = FORM.matcher(line);
    if (!form.matches()) {
      throw new MalformedException(
          source, 1, 0, "The archive is corrupt - bad cookie.", shown(line));
    }
    Cookie cookie = new Cookie(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    if (cookie.major < 1 || cookie.major > 2) {
      throw new MalformedException(
          source, 1, 0, "Unsupported version (" + cookie.major + "." + cookie.minor + ").", null);
    }
    return cookie;
  }

  private static @Nullable String shown(String line) {
    return line.chars().allMatch(c -> c >= ' ' && c < 0x7F) ? line : null;
  }

  /** Archives before 2.0 are full ones without sections of the software. */
  public boolean isFirst() {
    return major == 1;
  }

  @Override
  public String toString() {
    return "FlAsH-aRcHiVe-" + major + "." + minor;
  }
}
