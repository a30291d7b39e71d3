package emblema.publisher.cli;

import emblema.cli.Output;
import emblema.cli.Session;
import emblema.core.tree.TreeChange;
import emblema.publisher.master.change.Move;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlannedPackage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plan on one terminal page. */
final class PlanSummary {
  private static final int SHOWN = 20;

  private PlanSummary() {}

  static void print(Plan plan, boolean dry, int verbose, Session session) {
    Output out = session.out();
    String release = plan.request().release().version().toShortString();
    out.line(
        (dry ? "Would publish " : "Published ")
            + plan.published().size()
            + " packages of release "
            + release
            + " for "
            + plan.request().publisher()
            + ": "
            + counts(plan));
    Map<TreeChange.Kind, Integer> kinds = new TreeMap<>();
    plan.changes().forEach(change -> kinds.merge(change.kind(), 1, Integer::sum));
    if (!plan.ledger().isEmpty()) {
      out.line("Changes: " + words(kinds));
    }
    List<PlannedPackage> packages = plan.published();
    int most = verbose > 0 ? packages.size() : SHOWN;
    packages.stream()
        .limit(most)
        .forEach(
            each ->
                out.line(
                    "  " + each.status().word() + "  " + each.fmri().toStringWithoutPublisher()));
    if (packages.size() > most) {
      out.line("  and " + (packages.size() - most) + " more (-v shows all)");
    }
    section(
        out,
        "Moved directories",
        plan.transitions().directoryMoves().stream().map(Move::toString).toList());
    section(
        out,
        "Staged for shared areas",
        plan.transitions().staging().keySet().stream()
            .map(path -> plan.transitions().linkOf(path) + " by way of " + path)
            .toList());
    section(out, "Risks", plan.findings().risks());
    section(
        out,
        "Suggestions (put into a rule file, or pass --accept-suggestions)",
        plan.findings().suggestions());
    if (verbose > 0) {
      section(out, "Notes", plan.findings().notes());
    }
  }

  private static String counts(Plan plan) {
    Map<PlannedPackage.Status, Integer> counts = new TreeMap<>();
    plan.packages().forEach(each -> counts.merge(each.status(), 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (status, count) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(status.word()));
    return text.toString();
  }

  private static String words(Map<TreeChange.Kind, Integer> kinds) {
    StringBuilder text = new StringBuilder();
    kinds.forEach(
        (kind, count) ->
            text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(kind.word()));
    return text.isEmpty() ? "none" : text.toString();
  }

  private static void section(Output out, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      out.line(title + ":");
      lines.forEach(line -> out.line("  " + line));
    }
  }
}
