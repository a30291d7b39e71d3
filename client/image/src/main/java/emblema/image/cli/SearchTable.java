package emblema.image.cli;

import emblema.cli.Output;
import emblema.image.search.Found;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of {@code pkg search}, printed in portions so that nothing has to be kept: as wide as
 * needed so far, with the headers again when a column has grown. Equal rows in a row are one.
 */
final class SearchTable {
  private static final int PORTION = 2000;

  private final Output out;
  private final List<SearchColumn> columns;
  private final boolean headers;
  private final int[] widths;
  private final List<List<String>> rows = new ArrayList<>();
  private List<String> last = List.of();
  private boolean grown = true;
  private boolean empty = true;

  SearchTable(Output out, List<SearchColumn> columns, boolean headers) {
    this.out = out;
    this.columns = columns;
    this.headers = headers;
    this.widths = columns.stream().mapToInt(SearchColumn::width).toArray();
  }

  boolean isEmpty() {
    return empty;
  }

  void add(Found found) {
    List<String> row = columns.stream().map(column -> column.value(found)).toList();
    if (row.equals(last)) {
      return;
    }
    last = row;
    empty = false;
    rows.add(row);
    if (rows.size() == PORTION) {
      print();
    }
  }

  /** Prints what has been gathered. */
  void print() {
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        int width = row.get(i).codePointCount(0, row.get(i).length());
        grown |= width > widths[i];
        widths[i] = Math.max(widths[i], width);
      }
    }
    if (!rows.isEmpty() && headers && grown) {
      line(columns.stream().map(SearchColumn::header).toList());
      grown = false;
    }
    rows.forEach(this::line);
    rows.clear();
  }

  private void line(List<String> values) {
    if (!headers) {
      out.line(String.join("\t", values));
      return;
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String value = values.get(i);
      line.append(i == 0 ? "" : " ").append(value);
      line.append(" ".repeat(widths[i] - value.codePointCount(0, value.length())));
    }
    out.line(line.toString().stripTrailing());
  }
}
