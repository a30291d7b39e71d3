package emblema.publisher.master.rule;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern over whole paths: {@code *} and {@code ?} stay within one name, {@code **} crosses
 * slashes, {@code [a-z]} is one character of a set, a backslash takes the next character as it is.
 * {@code a/**} is everything below {@code a}, not {@code a} itself.
 */
public final class PathGlob {
  private static final String WILD = "[*?\\[\\\\]";

  private final String text;
  private final Pattern pattern;
  private final String literalPrefix;
  private final String longestLiteral;

  private PathGlob(String text) {
    this.text = text;
    this.pattern = Pattern.compile(regex(text), Pattern.DOTALL);
    this.literalPrefix = text.split(WILD, 2)[0];
    this.longestLiteral =
        text.contains("[") || text.contains("\\")
            ? ""
            : Arrays.stream(text.split("(\\*\\*/|[*?])+"))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
  }

  /** Leading slashes are dropped. */
  public static PathGlob of(String text) {
    return new PathGlob(text.replaceFirst("^/+", ""));
  }

  public boolean matches(String path) {
    return path.startsWith(literalPrefix)
        && path.contains(longestLiteral)
        && pattern.matcher(path).matches();
  }

  /** The first name of every path it can match, if it says one without wildcards. */
  public Optional<String> firstName() {
    int slash = literalPrefix.indexOf('/');
    if (slash > 0) {
      return Optional.of(literalPrefix.substring(0, slash));
    }
    return literalPrefix.equals(text) ? Optional.of(text) : Optional.empty();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i++);
      switch (c) {
        case '*' -> {
          boolean crossing = i < glob.length() && glob.charAt(i) == '*';
          if (!crossing) {
            regex.append("[^/]*");
          } else if (i + 1 < glob.length() && glob.charAt(i + 1) == '/') {
            regex.append("(?:.*/)?"); // '**/' also stands for no directory at all
            i += 2;
          } else {
            regex.append(i == 1 ? ".*" : ".+");
            i++;
          }
        }
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = glob.indexOf(']', i + 1);
          if (end < 0) {
            regex.append("\\[");
          } else {
            String set =
                glob.substring(i, end)
                    .replace("\\", "\\\\")
                    .replace("[", "\\[")
                    .replace("&&", "&\\&");
            regex
                .append('[')
                .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                .append(']');
            i = end + 1;
          }
        }
        case '\\' -> regex.append(Pattern.quote(i < glob.length() ? glob.substring(i, ++i) : "\\"));
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathGlob that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
