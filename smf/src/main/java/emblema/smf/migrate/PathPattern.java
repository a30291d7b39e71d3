package emblema.smf.migrate;

import emblema.core.error.MalformedException;
import emblema.core.io.SafePath;
import java.util.regex.Pattern;

/**
 * A relative path with wildcards: {@code *} and {@code ?} match within one name, {@code **} matches
 * across names.
 */
public record PathPattern(String text) {
  public PathPattern {
    if (text.isEmpty() || text.startsWith("/")) {
      throw new MalformedException(
          "pattern '" + text + "' is not relative", "name files below the shared root");
    }
  }

  public boolean matches(SafePath path) {
    return expression().matcher(path.text()).matches();
  }

  private Pattern expression() {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
