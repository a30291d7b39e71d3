package emblema.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows under headers. As text, a column is as wide as its longest value or header (the reference
 * ignores headers, which then run together); the last column is not padded. A table without rows
 * prints nothing, not even its header.
 */
public final class Table {

  /** How a table is written. */
  public enum Format {
    TEXT,
    /** Tab separated, with a header line. */
    TSV,
    /** One JSON array of objects on one line without line feed, keys sorted. */
    JSON,
    /** The same, indented, with a line feed. */
    JSON_FORMATTED;

    /** The words of {@code -F}. */
    public static final List<String> NAMES = List.of("default", "tsv", "json", "json-formatted");

    /** The format of one of {@link #NAMES}. */
    public static Format named(String name) {
      return values()[NAMES.indexOf(name)];
    }
  }

  /**
   * @param key in JSON
   * @param least minimum width in columns
   */
  public record Column(String key, String header, int least, boolean right) {
    public Column(String key, String header) {
      this(key, header, 0, false);
    }

    public Column atLeast(int width) {
      return new Column(key, header, width, right);
    }

    public Column alignedRight() {
      return new Column(key, header, least, true);
    }
  }

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Keys in JSON are the headers in lower case. */
  public static Table of(String... headers) {
    List<Column> columns = new ArrayList<>();
    for (String header : headers) {
      columns.add(new Column(header.toLowerCase(Locale.ROOT), header));
    }
    return new Table(columns);
  }

  /** Adds a row: one value a column. */
  public Table row(String... values) {
    return row(List.of(values));
  }

  public Table row(List<String> values) {
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(values.size() + " values for " + columns.size());
    }
    rows.add(List.copyOf(values));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public void print(Output output) {
    print(output, Format.TEXT, true);
  }

  public void print(Output output, Format format, boolean header) {
    switch (format) {
      case TEXT -> printText(output, header);
      case TSV -> printTsv(output, header);
      case JSON -> output.text(Json.compact(objects()));
      case JSON_FORMATTED -> output.line(Json.indented(objects()));
    }
  }

  private void printText(Output output, boolean header) {
    if (rows.isEmpty()) {
      return;
    }
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      Column column = columns.get(i);
      widths[i] = Math.max(column.least(), header ? column.header().length() : 0);
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    if (header) {
      output.line(joined(columns.stream().map(Column::header).toList(), widths));
    }
    for (List<String> row : rows) {
      output.line(joined(row, widths));
    }
  }

  private String joined(List<String> values, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String value = values.get(i);
      String padding = " ".repeat(widths[i] - value.length());
      if (columns.get(i).right()) {
        line.append(padding).append(value);
      } else {
        line.append(value).append(i + 1 < widths.length ? padding : "");
      }
      line.append(i + 1 < widths.length ? " " : "");
    }
    return line.toString();
  }

  private void printTsv(Output output, boolean header) {
    if (header && !rows.isEmpty()) {
      output.line(String.join("\t", columns.stream().map(Column::header).toList()));
    }
    for (List<String> row : rows) {
      output.line(String.join("\t", row));
    }
  }

  private List<Map<String, String>> objects() {
    List<Map<String, String>> objects = new ArrayList<>();
    for (List<String> row : rows) {
      Map<String, String> object = new TreeMap<>();
      for (int i = 0; i < columns.size(); i++) {
        object.put(columns.get(i).key(), row.get(i));
      }
      objects.add(object);
    }
    return objects;
  }
}
