package emblema.publisher.cli;

import emblema.cli.Output;
import emblema.store.json.Json;
import emblema.store.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code pkgrepo} prints: rows as padded columns, as tab separated values, or as JSON in which
 * every value is text (spec pkgrepo, section 2). The header is printed even when there are no rows.
 */
final class Listing {
  /** The words of {@code -F}. */
  static final List<String> FORMATS = List.of("default", "tsv", "json", "json-formatted");

  private static final String SHELL_CHARACTERS = "\\ \t\n'`;&()|^<>";

  private final List<Column> columns;
  private final List<List<Json>> rows = new ArrayList<>();

  /**
   * @param key in JSON
   * @param least width in columns
   */
  record Column(String key, String header, int least) {}

  Listing(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** One value a column. */
  void row(Json... values) {
    rows.add(List.of(values));
  }

  static Json text(String text) {
    return new Json.Text(text);
  }

  void print(Output out, String format, boolean header) {
    switch (format) {
      case "json", "json-formatted" -> json(out, format, objects());
      case "tsv" -> lines(out, header, true);
      default -> lines(out, header, false);
    }
  }

  /** Objects with all their members; {@code json} ends without a line feed, as the reference's. */
  static void json(Output out, String format, List<Json> objects) {
    Json array = new Json.Array(objects);
    if (format.equals("json")) {
      out.text(JsonText.canonical(array));
    } else {
      out.line(JsonText.indented(array));
    }
  }

  private List<Json> objects() {
    List<Json> objects = new ArrayList<>();
    for (List<Json> row : rows) {
      SortedMap<String, Json> members = new TreeMap<>();
      for (int i = 0; i < columns.size(); i++) {
        members.put(columns.get(i).key(), asText(row.get(i)));
      }
      objects.add(new Json.Members(members));
    }
    return objects;
  }

  private static Json asText(Json value) {
    return switch (value) {
      case Json.Text text -> text;
      case Json.Number number -> new Json.Text(number.digits());
      case Json.Truth truth -> new Json.Text(truth.value() ? "True" : "False");
      case Json.Null ignored -> new Json.Text("None");
      case Json.Array array -> array;
      case Json.Members members -> members;
    };
  }

  private void lines(Output out, boolean header, boolean tabs) {
    List<List<String>> cells = new ArrayList<>();
    if (header) {
      cells.add(columns.stream().map(Column::header).toList());
    }
    for (List<Json> row : rows) {
      cells.add(row.stream().map(value -> cell(value, tabs)).toList());
    }
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).least();
      for (List<String> row : cells) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : cells) {
      out.line(tabs ? String.join("\t", row) : padded(row, widths));
    }
  }

  private static String padded(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i));
      if (i + 1 < widths.length) {
        line.repeat(' ', widths[i] - row.get(i).length() + 1);
      }
    }
    return line.toString();
  }

  /** As a shell could read it back. */
  private static String cell(Json value, boolean tabs) {
    return switch (value) {
      case Json.Text text when text.text().isEmpty() -> "\"\"";
      case Json.Text text -> escaped(text.text(), tabs);
      case Json.Number number -> number.digits();
      case Json.Truth truth -> truth.value() ? "True" : "False";
      case Json.Null ignored -> "";
      case Json.Members members -> escaped(JsonText.canonical(members), tabs);
      case Json.Array array ->
          "("
              + String.join(" ", array.items().stream().map(item -> cell(item, tabs)).toList())
              + ")";
    };
  }

  private static String escaped(String text, boolean tabs) {
    String plain = tabs ? text.replace("\t", "        ") : text;
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (SHELL_CHARACTERS.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }
}
