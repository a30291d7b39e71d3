package emblema.smf;

import emblema.core.error.EmblemaException;
import emblema.core.event.Event;
import emblema.smf.migrate.Change;
import emblema.smf.migrate.MigrationReport;
import emblema.smf.migrate.Outcome;
import java.io.PrintStream;
import java.util.StringJoiner;

/** Log lines for people, or JSON lines for machines; errors and warnings go to the other stream. */
record Output(PrintStream out, PrintStream err, boolean json, boolean verbose, boolean quiet) {

  void change(Change change) {
    if (json) {
      out.println(
          object(
              "event", change.outcome().word(),
              "from", change.from(),
              "to", change.to(),
              "note", change.note()));
    } else if (change.outcome().isLeftover()
        || verbose
        || (!quiet && (change.outcome() == Outcome.ASIDE || !change.note().isEmpty()))) {
      out.println(printable(change.sentence()));
    }
  }

  void event(Event event) {
    if (event instanceof Event.Warning warning) {
      err.println("shared-migrate: warning: " + printable(warning.text()));
      warning.hints().forEach(hint -> err.println("hint: " + printable(hint)));
    }
  }

  void summary(MigrationReport report, boolean dryRun) {
    if (json) {
      StringJoiner counts = new StringJoiner(",");
      for (Outcome outcome : Outcome.values()) {
        counts.add(quote(outcome.word()) + ":" + report.count(outcome));
      }
      out.println("{\"event\":\"summary\",\"dry_run\":" + dryRun + ",\"counts\":{" + counts + "}}");
      return;
    }
    if (quiet && !report.hasLeftovers()) {
      return;
    }
    StringJoiner counts = new StringJoiner(", ");
    for (Outcome outcome : Outcome.values()) {
      if (report.count(outcome) > 0) {
        counts.add(report.count(outcome) + " " + outcome.word());
      }
    }
    counts.setEmptyValue("nothing to do");
    out.println("shared-migrate: " + (dryRun ? "would be: " : "") + counts);
  }

  void error(EmblemaException error) {
    if (json) {
      out.println(
          object(
              "event",
              "error",
              "message",
              String.valueOf(error.getMessage()),
              "detail",
              error.detail().orElse("")));
    }
    err.println("shared-migrate: " + printable(String.valueOf(error.getMessage())));
    error.detail().ifPresent(detail -> detail.lines().forEach(line -> err.println("  " + line)));
    if (!error.hints().isEmpty()) {
      err.println();
      error.hints().forEach(hint -> err.println("hint: " + printable(hint)));
    }
  }

  private static String object(String... fields) {
    StringJoiner joiner = new StringJoiner(",", "{", "}");
    for (int i = 0; i < fields.length; i += 2) {
      joiner.add(quote(fields[i]) + ":" + quote(fields[i + 1]));
    }
    return joiner.toString();
  }

  /** A JSON string; lone surrogates, which stand for bytes that are not UTF-8, are escaped. */
  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < 0x20 || c == 0x7F || (c >= 0xD800 && c <= 0xDFFF)) {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }

  /** A name cannot end a log line or steer a terminal. */
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                shown.append(String.format("\\x%02x", c));
              } else if (c >= 0xDC80 && c <= 0xDCFF) {
                shown.append(String.format("\\x%02x", c & 0xFF));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }
}
