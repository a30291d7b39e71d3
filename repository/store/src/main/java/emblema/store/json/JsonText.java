package emblema.store.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON in the reference's three forms: canonical (catalogs, spec catalog section 2: no white
 * space, sorted members, upper-case {@code \\uXXXX} for all that is not ASCII), indented for
 * people, and indented with raw UTF-8 (p5i files).
 */
public final class JsonText {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final Appendable out;
  private final boolean ascii;
  private final int indent;

  private JsonText(Appendable out, boolean ascii, int indent) {
    this.out = out;
    this.ascii = ascii;
    this.indent = indent;
  }

  /** The canonical form, without a line end. */
  public static String canonical(Json value) {
    StringBuilder text = new StringBuilder();
    write(new JsonText(text, true, 0), value);
    return text.toString();
  }

  /** The canonical form appended to {@code out}, which is expected not to fail. */
  public static void canonical(Json value, Appendable out) {
    write(new JsonText(out, true, 0), value);
  }

  /** A text with its quotes, in canonical form. */
  public static String quoted(String text) {
    return canonical(new Json.Text(text));
  }

  /** Two blanks a level, ASCII only, without a line end. */
  public static String indented(Json value) {
    StringBuilder text = new StringBuilder();
    write(new JsonText(text, true, 2), value);
    return text.toString();
  }

  /** Two blanks a level, characters beyond ASCII as they are, without a line end. */
  public static String indentedUnicode(Json value) {
    StringBuilder text = new StringBuilder();
    write(new JsonText(text, false, 2), value);
    return text.toString();
  }

  private static void write(JsonText writer, Json value) {
    try {
      writer.value(value, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void value(Json value, int depth) throws IOException {
    switch (value) {
      case Json.Text text -> text(text.text());
      case Json.Number number -> out.append(number.digits());
      case Json.Truth truth -> out.append(truth.value() ? "true" : "false");
      case Json.Null ignored -> out.append("null");
      case Json.Array array -> array(array.items(), depth);
      case Json.Members members -> members(members, depth);
    }
  }

  private void array(List<Json> items, int depth) throws IOException {
    out.append('[');
    for (Iterator<Json> each = items.iterator(); each.hasNext(); ) {
      line(depth + 1);
      value(each.next(), depth + 1);
      if (each.hasNext()) {
        out.append(',');
      } else {
        line(depth);
      }
    }
    out.append(']');
  }

  private void members(Json.Members members, int depth) throws IOException {
    out.append('{');
    for (var each = members.members().entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<String, Json> member = each.next();
      line(depth + 1);
      text(member.getKey());
      out.append(indent > 0 ? ": " : ":");
      value(member.getValue(), depth + 1);
      if (each.hasNext()) {
        out.append(',');
      } else {
        line(depth);
      }
    }
    out.append('}');
  }

  private void line(int depth) throws IOException {
    if (indent > 0) {
      out.append('\n').append(" ".repeat(indent * depth));
    }
  }

  private void text(String text) throws IOException {
    out.append('"');
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 0x20 && c != '"' && c != '\\' && (c < 0x80 || !ascii);
      if (!plain) {
        out.append(text, start, i);
        escape(c);
        start = i + 1;
      }
    }
    out.append(text, start, text.length()).append('"');
  }

  private void escape(char c) throws IOException {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          out.append("\\u")
              .append(HEX[c >> 12])
              .append(HEX[(c >> 8) & 15])
              .append(HEX[(c >> 4) & 15])
              .append(HEX[c & 15]);
    }
  }
}
