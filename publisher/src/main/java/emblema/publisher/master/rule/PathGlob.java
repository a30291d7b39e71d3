package emblema.publisher.master.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A pattern over whole paths: {@code *} and {@code ?} stay within one name, {@code **} crosses
 * slashes, {@code [a-z]} is one character of a set, a backslash takes the next character as it is.
 * {@code a/**} is everything below {@code a}, not {@code a} itself.
 */
public final class PathGlob {
  private static final String WILD = "[*?\\[\\\\]";

  private final String text;
  private final Part[] parts;
  private final String literalPrefix;
  private final String longestLiteral;

  private PathGlob(String text) {
    this.text = text;
    this.parts = parts(text);
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
    return path.startsWith(literalPrefix) && path.contains(longestLiteral) && matches(0, path, 0);
  }

  /** The first name of every path it can match, if it says one without wildcards. */
  public Optional<String> firstName() {
    int slash = literalPrefix.indexOf('/');
    if (slash > 0) {
      return Optional.of(literalPrefix.substring(0, slash));
    }
    return literalPrefix.equals(text) ? Optional.of(text) : Optional.empty();
  }

  /** Whether the rest of the pattern matches the rest of the path. */
  private boolean matches(int at, String path, int from) {
    int i = from;
    for (int part = at; part < parts.length; part++) {
      Part wanted = parts[part];
      switch (wanted.kind) {
        case TEXT -> {
          if (!path.startsWith(wanted.text, i)) {
            return false;
          }
          i += wanted.text.length();
        }
        case ONE -> {
          if (i >= path.length() || path.charAt(i) == '/') {
            return false;
          }
          i += Character.charCount(path.codePointAt(i));
        }
        case SET -> {
          if (i >= path.length() || path.charAt(i) == '/' || !wanted.holds(path.charAt(i))) {
            return false;
          }
          i++;
        }
        case NAME, DIRECTORIES, BELOW, ALL -> {
          return matchesWild(wanted.kind, part + 1, path, i);
        }
      }
    }
    return i == path.length();
  }

  private boolean matchesWild(Kind kind, int next, String path, int from) {
    int length = path.length();
    if (next == parts.length && kind != Kind.NAME && kind != Kind.DIRECTORIES) {
      return kind == Kind.ALL || from < length;
    }
    for (int i = kind == Kind.BELOW ? from + 1 : from; i <= length; i++) {
      boolean possible = kind != Kind.DIRECTORIES || i == from || path.charAt(i - 1) == '/';
      if (possible && matches(next, path, i)) {
        return true;
      }
      if (kind == Kind.NAME && i < length && path.charAt(i) == '/') {
        return false;
      }
    }
    return false;
  }

  private enum Kind {
    TEXT,
    /** {@code ?} */
    ONE,
    /** {@code [a-z]} */
    SET,
    /** {@code *} */
    NAME,
    /** {@code **}{@code /}: also no directory at all. */
    DIRECTORIES,
    /** {@code **} after something: at least one character. */
    BELOW,
    /** {@code **} alone at the beginning. */
    ALL
  }

  /**
   * @param text what is literal, or the inside of a set
   */
  private record Part(Kind kind, String text) {
    boolean holds(char c) {
      boolean negated = text.startsWith("!") || text.startsWith("^");
      boolean found = false;
      for (int i = negated ? 1 : 0; i < text.length(); i++) {
        if (i + 2 < text.length() && text.charAt(i + 1) == '-') {
          found |= c >= text.charAt(i) && c <= text.charAt(i + 2);
          i += 2;
        } else {
          found |= c == text.charAt(i);
        }
      }
      return found != negated;
    }
  }

  private static Part[] parts(String glob) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i++);
      Part wild = null;
      switch (c) {
        case '*' -> {
          if (i >= glob.length() || glob.charAt(i) != '*') {
            wild = new Part(Kind.NAME, "");
          } else if (i + 1 < glob.length() && glob.charAt(i + 1) == '/') {
            wild = new Part(Kind.DIRECTORIES, "");
            i += 2;
          } else {
            wild = new Part(i == 1 ? Kind.ALL : Kind.BELOW, "");
            i++;
          }
        }
        case '?' -> wild = new Part(Kind.ONE, "");
        case '[' -> {
          int end = glob.indexOf(']', i + 1);
          if (end < 0) {
            literal.append('[');
          } else {
            wild = new Part(Kind.SET, glob.substring(i, end));
            i = end + 1;
          }
        }
        case '\\' -> literal.append(i < glob.length() ? glob.charAt(i++) : '\\');
        default -> literal.append(c);
      }
      if (wild != null) {
        if (!literal.isEmpty()) {
          parts.add(new Part(Kind.TEXT, literal.toString()));
          literal.setLength(0);
        }
        parts.add(wild);
      }
    }
    if (!literal.isEmpty()) {
      parts.add(new Part(Kind.TEXT, literal.toString()));
    }
    return parts.toArray(new Part[0]);
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
