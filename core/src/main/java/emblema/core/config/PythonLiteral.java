package emblema.core.config;

import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The lists and dictionaries that the reference keeps in configuration values: {@code ['a', 'b']},
 * {@code [{'uri': 'x', 'proxy': ''}]}, as Python's {@code repr} writes them.
 */
public final class PythonLiteral {
  private final String text;
  private final String source;
  private int at;

  private PythonLiteral(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /**
   * A list of texts; an empty value is an empty list.
   *
   * @param source named in errors: the file and the value
   */
  public static List<String> readTexts(String text, String source) {
    List<String> result = new ArrayList<>();
    for (Object item : readList(text, source)) {
      result.add(String.valueOf(item));
    }
    return List.copyOf(result);
  }

  /** A list of dictionaries of texts; None reads as empty text. */
  public static List<SequencedMap<String, String>> readMaps(String text, String source) {
    List<SequencedMap<String, String>> result = new ArrayList<>();
    for (Object item : readList(text, source)) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new MalformedException(source, 0, 0, "expected a list of dictionaries", text);
      }
      SequencedMap<String, String> texts = new LinkedHashMap<>();
      map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
      result.add(texts);
    }
    return result;
  }

  private static List<?> readList(String text, String source) {
    if (text.isBlank()) {
      return List.of();
    }
    PythonLiteral literal = new PythonLiteral(text, source);
    Object value = literal.value(0);
    literal.skipBlanks();
    if (literal.at < text.length() || !(value instanceof List<?> list)) {
      throw literal.malformed("expected a list such as ['a', 'b']");
    }
    return list;
  }

  public static String writeTexts(List<String> texts) {
    return "[" + String.join(", ", texts.stream().map(PythonLiteral::quote).toList()) + "]";
  }

  public static String writeMaps(List<? extends Map<String, String>> maps) {
    List<String> items = new ArrayList<>();
    for (Map<String, String> map : maps) {
      List<String> pairs = new ArrayList<>();
      map.forEach((key, value) -> pairs.add(quote(key) + ": " + quote(value)));
      items.add("{" + String.join(", ", pairs) + "}");
    }
    return "[" + String.join(", ", items) + "]";
  }

  /** Python's {@code repr} of a text: single quotes unless it holds one and no double quote. */
  public static String quote(String text) {
    char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(mark);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c == mark) {
            out.append('\\').append(c);
          } else if (c < ' ' || c == 0x7f) {
            out.append(String.format("\\x%02x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append(mark).toString();
  }

  private Object value(int depth) {
    skipBlanks();
    if (at >= text.length() || depth > 8) {
      throw malformed("expected a value");
    }
    char c = text.charAt(at);
    if (c == '[' || c == '(') {
      return list(c == '[' ? ']' : ')', depth);
    }
    if (c == '{') {
      return map(depth);
    }
    if (c == 'u' && at + 1 < text.length() && isQuote(text.charAt(at + 1))) {
      at++;
      return string();
    }
    return isQuote(c) ? string() : word();
  }

  private List<Object> list(char end, int depth) {
    List<Object> items = new ArrayList<>();
    at++;
    while (!accept(end)) {
      items.add(value(depth + 1));
      if (!accept(',') && !isNext(end)) {
        throw malformed("expected ',' or '" + end + "'");
      }
    }
    return items;
  }

  private Map<Object, Object> map(int depth) {
    Map<Object, Object> items = new LinkedHashMap<>();
    at++;
    while (!accept('}')) {
      Object key = value(depth + 1);
      if (!accept(':')) {
        throw malformed("expected ':'");
      }
      items.put(key, value(depth + 1));
      if (!accept(',') && !isNext('}')) {
        throw malformed("expected ',' or '}'");
      }
    }
    return items;
  }

  private String string() {
    char mark = text.charAt(at++);
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != mark) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        escape(out);
      } else {
        out.append(c);
      }
    }
    if (at >= text.length()) {
      throw malformed("a text is not closed");
    }
    at++;
    return out.toString();
  }

  private void escape(StringBuilder out) {
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'x' -> out.append(number(2));
      case 'u' -> out.append(number(4));
      default -> out.append(c);
    }
  }

  private char number(int digits) {
    int end = at + digits;
    try {
      char c = (char) Integer.parseInt(text, at, Math.min(end, text.length()), 16);
      at = end;
      return c;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw malformed("expected " + digits + " hexadecimal digits");
    }
  }

  /** True, False, None and numbers, as their texts; None is empty. */
  private Object word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at))
            || text.charAt(at) == '.'
            || text.charAt(at) == '-')) {
      at++;
    }
    if (start == at) {
      throw malformed("unexpected '" + text.charAt(at) + "'");
    }
    String word = text.substring(start, at);
    return word.equals("None") ? "" : word;
  }

  private boolean accept(char c) {
    if (isNext(c)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean isNext(char c) {
    skipBlanks();
    return at < text.length() && text.charAt(at) == c;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private MalformedException malformed(String reason) {
    return new MalformedException(source, 0, at + 1, reason, text);
  }
}
