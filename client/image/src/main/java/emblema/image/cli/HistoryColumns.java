package emblema.image.cli;

import emblema.core.error.UsageException;
import emblema.image.image.HistoryEntry;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The columns of {@code pkg history} with their fixed widths (spec client-cli, section 4.20). */
final class HistoryColumns {
  private static final Set<String> LAST = Set.of("command", "reason");

  private record Column(String header, int width, Function<HistoryEntry, String> value) {}

  private final Map<String, Column> all = new LinkedHashMap<>();
  private final List<String> chosen;

  HistoryColumns(List<String> arguments, ZoneId zone) {
    add("be", "BE", 20, entry -> entry.environment("be").orElse("(Unknown)"));
    add("be_uuid", "BE UUID", 41, entry -> entry.environment("be_uuid").orElse("(Unknown)"));
    add("client", "CLIENT", 19, HistoryEntry::client);
    add("client_ver", "VERSION", 15, HistoryEntry::version);
    add("command", "COMMAND", 0, entry -> String.join(" ", entry.command()));
    add("finish", "FINISH", 25, entry -> HistoryTimes.local(entry.end(), zone));
    add("id", "ID", 10, entry -> Integer.toString(entry.userId()));
    add("new_be", "NEW BE", 20, entry -> entry.environment("new_be").orElse("(None)"));
    add("new_be_uuid", "NEW BE UUID", 41, e -> e.environment("new_be_uuid").orElse("(None)"));
    add("operation", "OPERATION", 25, HistoryEntry::operation);
    add("outcome", "OUTCOME", 12, entry -> entry.outcome().word());
    add("reason", "REASON", 10, HistoryEntry::reason);
    add(
        "release_notes",
        "RELEASE NOTES",
        12,
        e -> e.environment("release-notes").isPresent() ? "Yes" : "No");
    add("snapshot", "SNAPSHOT", 20, entry -> entry.environment("snapshot").orElse("(None)"));
    add("start", "START", 25, entry -> HistoryTimes.local(entry.start(), zone));
    add("time", "TIME", 10, entry -> HistoryTimes.between(entry.start(), entry.end()));
    add("user", "USER", 10, HistoryEntry::user);
    this.chosen = choose(arguments);
  }

  private void add(String name, String header, int width, Function<HistoryEntry, String> value) {
    all.put(name, new Column(header, width, value));
  }

  private List<String> choose(List<String> arguments) {
    if (arguments.isEmpty()) {
      return List.of("start", "operation", "client", "outcome");
    }
    List<String> names = new ArrayList<>();
    for (String argument : arguments) {
      for (String name : argument.toLowerCase(Locale.ROOT).split(",", -1)) {
        if (!all.containsKey(name)) {
          throw new UsageException(
              "unknown output column '" + name + "'", "known: " + String.join(", ", all.keySet()));
        }
        names.add(name);
      }
    }
    if (new LinkedHashSet<>(names).size() < names.size()) {
      throw new UsageException("a column is named twice");
    }
    for (String name : names.subList(0, names.size() - 1)) {
      if (LAST.contains(name)) {
        throw new UsageException("the '" + name + "' column must be the last item in the -o list");
      }
    }
    return names;
  }

  String header() {
    return line(Column::header);
  }

  String row(HistoryEntry entry) {
    return line(column -> column.value().apply(entry));
  }

  private String line(Function<Column, String> text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < chosen.size(); i++) {
      Column column = all.get(chosen.get(i));
      if (column != null) {
        boolean isLast = i + 1 == chosen.size();
        String value = text.apply(column);
        line.append(isLast ? value : ListTable.pad(value, column.width()));
      }
    }
    return line.toString();
  }
}
