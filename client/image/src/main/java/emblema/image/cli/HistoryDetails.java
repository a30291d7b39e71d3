package emblema.image.cli;

import emblema.cli.Output;
import emblema.image.image.HistoryEntry;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One operation in the long form. */
final class HistoryDetails {
  private final Output out;
  private final ZoneId zone;

  HistoryDetails(Output out, ZoneId zone) {
    this.out = out;
    this.zone = zone;
  }

  void print(HistoryEntry entry) {
    line("Operation", entry.operation());
    line("Outcome", entry.outcome().word());
    line("Reason", entry.reason());
    line("Client", entry.client());
    line("Version", entry.version());
    line("User", entry.user() + " (" + entry.userId() + ")");
    line("Boot Env.", entry.environment("be").orElse("(Unknown)"));
    line("Boot Env. UUID", entry.environment("be_uuid").orElse("(Unknown)"));
    line("New Boot Env.", entry.environment("new_be").orElse("None"));
    line("New Boot Env. UUID", entry.environment("new_be_uuid").orElse("(None)"));
    line("Snapshot", entry.environment("snapshot").orElse("(None)"));
    line("Start Time", HistoryTimes.local(entry.start(), zone));
    line("End Time", HistoryTimes.local(entry.end(), zone));
    line("Total Time", HistoryTimes.between(entry.start(), entry.end()));
    line("Command", String.join(" ", entry.command()));
    line("Release Notes", entry.environment("release-notes").isPresent() ? "Yes" : "No");
    block("Start State", entry.startState());
    block("End State", entry.endState());
    if (!entry.errors().isEmpty()) {
      block("Errors", String.join("\n", entry.errors()));
    }
    out.line();
  }

  private void line(String label, String value) {
    out.line(String.format(Locale.ROOT, "%18s: %s", label, value));
  }

  private void block(String label, @Nullable String text) {
    line(label, "");
    out.line(text == null ? "None" : text);
  }
}
