package emblema.cli;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain values as JSON: maps in their own order, collections, text, numbers, booleans and
 * null. Written by hand because output is small and start-up counts; large files go through core.
 */
public final class Json {
  private final StringBuilder text = new StringBuilder();
  private final int step;

  private Json(int step) {
    this.step = step;
  }

  /** On one line, without spaces. */
  public static String compact(@Nullable Object value) {
    Json json = new Json(0);
    json.append(value, 0);
    return json.text.toString();
  }

  /** One member a line, indented by two; no line feed at the end. */
  public static String indented(@Nullable Object value) {
    Json json = new Json(2);
    json.append(value, 0);
    return json.text.toString();
  }

  private void append(@Nullable Object value, int depth) {
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> map -> appendMap(map, depth);
      case Collection<?> collection -> appendList(collection, depth);
      case Number number -> text.append(number);
      case Boolean truth -> text.append(truth);
      default -> quote(value.toString());
    }
  }

  private void appendMap(Map<?, ?> map, int depth) {
    text.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      newLine(depth + 1);
      quote(String.valueOf(entry.getKey()));
      text.append(step > 0 ? ": " : ":");
      append(entry.getValue(), depth + 1);
      if (entries.hasNext()) {
        text.append(',');
      } else {
        newLine(depth);
      }
    }
    text.append('}');
  }

  private void appendList(Collection<?> list, int depth) {
    text.append('[');
    Iterator<?> values = list.iterator();
    while (values.hasNext()) {
      newLine(depth + 1);
      append(values.next(), depth + 1);
      if (values.hasNext()) {
        text.append(',');
      } else {
        newLine(depth);
      }
    }
    text.append(']');
  }

  private void newLine(int depth) {
    if (step > 0) {
      text.append('\n').repeat(' ', depth * step);
    }
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || c >= 0x7f && c < 0xa0 || Character.isSurrogate(c) && isLone(string, i)) {
            text.append("\\u").append(hex(c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  /** A file name that is not UTF-8 carries lone surrogates, which only an escape can keep. */
  private static boolean isLone(String string, int i) {
    char c = string.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 == string.length() || !Character.isLowSurrogate(string.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(string.charAt(i - 1));
  }

  private static String hex(char c) {
    String digits = Integer.toHexString(c);
    return "0".repeat(4 - digits.length()) + digits;
  }
}
