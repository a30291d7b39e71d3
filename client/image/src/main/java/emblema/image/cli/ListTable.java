package emblema.image.cli;

import emblema.cli.Output;
import emblema.cli.Table;
import emblema.core.error.UsageException;
import emblema.core.fmri.DotSequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** How {@code pkg list} writes its rows (spec client-cli, section 5). */
final class ListTable {
  private final String topPublisher;
  private final Map<String, Table.Column> columns = new TreeMap<>();
  private final Map<String, Function<ListRow, String>> values = new TreeMap<>();

  /**
   * @param topPublisher whose packages are listed without their publisher
   */
  ListTable(String topPublisher) {
    this.topPublisher = topPublisher;
    column("branch", "BRANCH", row -> text(row.fmri().requireVersion().branch()));
    column("flags", "IFO", ListRow::letters);
    column("fmri", "FMRI", ListRow::shortFmri);
    column("name", "NAME", row -> row.fmri().stem());
    column("namepub", "NAME (PUBLISHER)", this::name);
    column("osrelease", "OS RELEASE", row -> text(row.fmri().requireVersion().build()));
    column("publisher", "PUBLISHER", row -> row.fmri().publisherIfAny().orElse(""));
    column("release", "RELEASE", row -> row.fmri().requireVersion().release().toString());
    column("summary", "SUMMARY", ListRow::summary);
    column(
        "timestamp",
        "TIMESTAMP",
        row -> java.util.Objects.requireNonNullElse(row.fmri().requireVersion().timestamp(), ""));
    column("version", "VERSION", row -> row.fmri().requireVersion().toShortString());
  }

  private void column(String key, String header, Function<ListRow, String> value) {
    columns.put(key, new Table.Column(key, header));
    values.put(key, value);
  }

  private static String text(@org.jspecify.annotations.Nullable DotSequence sequence) {
    return sequence == null ? "" : sequence.toString();
  }

  private String name(ListRow row) {
    String publisher = row.fmri().publisherIfAny().orElse("");
    return row.fmri().stem()
        + (publisher.equals(topPublisher) || publisher.isEmpty() ? "" : " (" + publisher + ")");
  }

  /** The form without options. */
  void printPlain(List<ListRow> rows, Output out, boolean header) {
    if (header) {
      out.line(line(49, "NAME (PUBLISHER)", 26, "VERSION", "IFO"));
    }
    for (ListRow row : rows) {
      out.line(line(49, name(row), 26, row.fmri().requireVersion().toShortString(), row.letters()));
    }
  }

  private static String line(int first, String one, int second, String two, String three) {
    return pad(one, first) + " " + pad(two, second) + " " + three;
  }

  void printVerbose(List<ListRow> rows, Output out, boolean header) {
    if (header) {
      out.line(pad("FMRI", 76) + " IFO");
    }
    rows.forEach(row -> out.line(pad(row.shortFmri(), 76) + " " + row.letters()));
  }

  void printSummaries(List<ListRow> rows, Output out, boolean header) {
    if (header) {
      out.line(pad("NAME (PUBLISHER)", 55) + " SUMMARY");
    }
    rows.forEach(row -> out.line(pad(name(row), 55) + " " + row.summary()));
  }

  static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  /** Any columns in any format. */
  void print(
      List<ListRow> rows, List<String> keys, Table.Format format, Output out, boolean header) {
    Table table = new Table(keys.stream().map(columns::get).toList());
    for (ListRow row : rows) {
      table.row(keys.stream().map(key -> value(key, row)).toList());
    }
    table.print(out, format, header);
  }

  private String value(String key, ListRow row) {
    Function<ListRow, String> value = values.get(key);
    return value == null ? "" : value.apply(row);
  }

  /** The column names in {@code -o} arguments; each counts once, upper case is the same. */
  List<String> keys(List<String> arguments) {
    LinkedHashSet<String> keys = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    for (String argument : arguments) {
      for (String name : argument.split(",", -1)) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        if (columns.containsKey(key)) {
          keys.add(key);
        } else {
          unknown.add(name);
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new UsageException(
          "Unknown output field(s): " + String.join(", ", unknown),
          "Known fields are: " + String.join(", ", columns.keySet()));
    }
    return List.copyOf(keys);
  }
}
