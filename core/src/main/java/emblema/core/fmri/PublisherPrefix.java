package emblema.core.fmri;

import emblema.core.error.MalformedException;
import java.util.regex.Pattern;

/** What may name a publisher: looks like a host, without a port (spec fmri-version, 10.1). */
public final class PublisherPrefix {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-][A-Za-z0-9.-]*");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+\\]");

  private PublisherPrefix() {}

  public static boolean isValid(String text) {
    return NAME.matcher(text).matches() || IPV6.matcher(text).matches();
  }

  /** The text itself if it is a valid prefix. */
  public static String require(String text) {
    if (!isValid(text)) {
      throw new MalformedException(
          "'" + text + "' is not a valid publisher prefix",
          "use letters, digits, '-' and '.', beginning with a letter, a digit or '-'");
    }
    return text;
  }
}
