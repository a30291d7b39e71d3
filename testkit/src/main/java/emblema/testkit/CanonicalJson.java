package emblema.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A second, independent reader and writer of the JSON form of catalogs (spec catalog, section 2),
 * for checking the real one: objects are maps, lists are lists, numbers are longs.
 */
final class CanonicalJson {
  private final String text;
  private int at;

  private CanonicalJson(String text) {
    this.text = text;
  }

  /** The object that a file holds, members in the order of the file. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> parse(byte[] file) {
    CanonicalJson reader = new CanonicalJson(new String(file, StandardCharsets.UTF_8));
    Object value = reader.value();
    if (reader.at + 1 != reader.text.length() || reader.text.charAt(reader.at) != '\n') {
      throw reader.failure("one line feed at the end");
    }
    if (value == null) {
      throw reader.failure("an object");
    }
    return (Map<String, Object>) value;
  }

  private @Nullable Object value() {
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      case 'n' -> {
        at += 4;
        yield null;
      }
      default -> {
        int start = at;
        while (text.charAt(at) == '-' || Character.isDigit(text.charAt(at))) {
          at++;
        }
        yield Long.parseLong(text.substring(start, at));
      }
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    while (text.charAt(at) != '}') {
      String name = string();
      expect(':');
      if (members.putIfAbsent(name, String.valueOf(0)) != null) {
        throw failure("the member " + name + " once");
      }
      members.put(name, value());
      if (text.charAt(at) != '}') {
        expect(',');
      }
    }
    at++;
    return members;
  }

  private List<Object> list() {
    List<Object> items = new ArrayList<>();
    at++;
    while (text.charAt(at) != ']') {
      items.add(value());
      if (text.charAt(at) != ']') {
        expect(',');
      }
    }
    at++;
    return items;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = text.charAt(at++);
      switch (escape) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          at += 4;
        }
        default -> out.append(escape);
      }
    }
    return out.toString();
  }

  private void expect(char c) {
    if (text.charAt(at++) != c) {
      throw failure("'" + c + "'");
    }
  }

  private AssertionError failure(String wanted) {
    String near = text.substring(Math.max(0, at - 30), Math.min(text.length(), at + 30));
    return new AssertionError("at " + at + " expected " + wanted + " near: " + near);
  }

  /** The one form in which the reference writes a value; members sorted by their UTF-8 bytes. */
  static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map -> {
        out.append('{');
        List<String> names = new ArrayList<>();
        map.keySet().forEach(name -> names.add(String.valueOf(name)));
        names.sort(
            (a, b) ->
                java.util.Arrays.compareUnsigned(
                    a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
        String comma = "";
        for (String name : names) {
          out.append(comma);
          quote(name, out);
          out.append(':');
          write(map.get(name), out);
          comma = ",";
        }
        out.append('}');
      }
      case List<?> list -> {
        out.append('[');
        String comma = "";
        for (Object item : list) {
          out.append(comma);
          write(item, out);
          comma = ",";
        }
        out.append(']');
      }
      case String string -> quote(string, out);
      case null -> out.append("null");
      default -> out.append(value);
    }
  }

  private static void quote(String string, StringBuilder out) {
    out.append('"');
    for (char c : string.toCharArray()) {
      int known = "\b\f\n\r\t".indexOf(c);
      if (known >= 0) {
        out.append('\\').append("bfnrt".charAt(known));
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7f) {
        out.append(String.format(java.util.Locale.ROOT, "\\u%04X", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
