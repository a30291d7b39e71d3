package emblema.image.cli;

import emblema.cli.Output;
import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rows of {@code pkg contents}: columns as wide as their values, numbers to the right. */
final class ContentsTable {
  private static final Set<String> NUMBERS = Set.of("pkg.size", "pkg.csize", "mode", "gid", "uid");

  private record Row(String sort, List<String> values) {}

  private final List<String> columns;
  private final String sortKey;
  private final List<Row> rows = new ArrayList<>();

  ContentsTable(List<String> columns, String sortKey) {
    columns.forEach(ActionColumn::check);
    ActionColumn.check(sortKey);
    this.columns = columns;
    this.sortKey = sortKey;
  }

  /** Adds a row, unless the action has none of the attributes. */
  void add(Action action, Fmri owner) {
    List<String> values = new ArrayList<>();
    boolean says = false;
    for (String column : columns) {
      List<String> all = ActionColumn.values(column, action, owner);
      says |= !all.isEmpty() && (ActionColumn.isOwn(column) || columns.size() == 1);
      values.add(String.join(" ", all));
    }
    if (says) {
      String sort = String.join(" ", ActionColumn.values(sortKey, action, owner));
      rows.add(new Row(sort, values));
    }
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void print(Output out, boolean header) {
    rows.sort(order());
    if (!header) {
      for (Row row : rows) {
        out.line(String.join("\t", row.values()).stripTrailing());
      }
      return;
    }
    int[] widths = new int[columns.size()];
    List<String> headers = columns.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    for (int i = 0; i < widths.length; i++) {
      widths[i] = headers.get(i).length();
      for (Row row : rows) {
        widths[i] = Math.max(widths[i], row.values().get(i).length());
      }
    }
    line(out, headers, widths);
    rows.forEach(row -> line(out, row.values(), widths));
  }

  private Comparator<Row> order() {
    Comparator<Row> byText = Comparator.comparing(Row::sort);
    return NUMBERS.contains(sortKey)
        ? Comparator.comparingLong(ContentsTable::number).thenComparing(byText)
        : byText;
  }

  private static long number(Row row) {
    return row.sort().matches("[0-9]{1,18}") ? Long.parseLong(row.sort()) : -1;
  }

  private void line(Output out, List<String> values, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - values.get(i).length());
      boolean right = NUMBERS.contains(columns.get(i));
      line.append(i == 0 ? "" : " ")
          .append(right ? padding : "")
          .append(values.get(i))
          .append(right ? "" : padding);
    }
    out.line(line.toString().stripTrailing());
  }
}
