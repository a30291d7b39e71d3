package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.image.image.History;
import emblema.image.image.HistoryEntry;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** Tells what was done to the image (spec client-cli, section 4.20). */
final class HistoryCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tell what was done to the image")
        .flag("-H", "omit headers")
        .flag("-l", "everything about each operation")
        .value("-n", "number", "only the last so many operations")
        .list("-o", "column[,column]", "columns")
        .list("-t", "time|time-time", "only operations of these times; 'now' is one")
        .excludes("-H", "-l")
        .excludes("-o", "-l")
        .excludes("-n", "-t");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    ZoneId zone = session.clock().getZone();
    HistoryColumns columns = new HistoryColumns(arguments.values("-o"), zone);
    int number = arguments.number("-n").orElse(Integer.MAX_VALUE);
    if (number <= 0) {
      throw arguments.invalid("-n", "a number above 0");
    }
    try (OpenImage open = OpenImage.of(session)) {
      History history = open.image().history();
      List<HistoryEntry> entries = arguments.has("-n") ? history.last(number) : history.entries();
      boolean header = !arguments.has("-H") && !arguments.has("-l");
      for (HistoryEntry entry : entries) {
        if (!isWanted(entry, arguments.values("-t"), session, zone)) {
          continue;
        }
        if (header) {
          session.out().line(columns.header());
          header = false;
        }
        if (arguments.has("-l")) {
          new HistoryDetails(session.out(), zone).print(entry);
        } else {
          session.out().line(columns.row(entry));
        }
      }
      return 0;
    }
  }

  private static boolean isWanted(
      HistoryEntry entry, List<String> times, Session session, ZoneId zone) {
    if (times.isEmpty()) {
      return true;
    }
    LocalDateTime start = HistoryTimes.parse(HistoryTimes.local(entry.start(), zone));
    for (String argument : times) {
      for (String range : argument.split(",", -1)) {
        // A time has two dashes of its own; a range has a third, at a known place.
        int dash = range.startsWith("now-") ? 3 : range.length() > 19 ? 19 : -1;
        LocalDateTime from = time(dash < 0 ? range : range.substring(0, dash), session, zone);
        LocalDateTime to = dash < 0 ? from : time(range.substring(dash + 1), session, zone);
        if (!start.isBefore(from) && !start.isAfter(to)) {
          return true;
        }
      }
    }
    return false;
  }

  private static LocalDateTime time(String text, Session session, ZoneId zone) {
    if (text.equals("now")) {
      return LocalDateTime.ofInstant(session.clock().instant(), zone);
    }
    try {
      return HistoryTimes.parse(text);
    } catch (DateTimeException e) {
      throw new UsageException(
          "invalid time '" + text + "'", "write it as YYYY-MM-DDTHH:MM:SS, or 'now'");
    }
  }
}
