package emblema.publisher.master.report;

import emblema.core.tree.TreeChange;
import emblema.publisher.master.change.Move;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlannedPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plan as a few lines of text; the same plan gives the same text. */
public final class PlanReport {
  private final Plan plan;
  private final int most;
  private final List<String> lines = new ArrayList<>();

  private PlanReport(Plan plan, int most) {
    this.plan = plan;
    this.most = most;
  }

  /**
   * @param most how many packages, and entries of each section, are listed
   * @param notes whether remarks that need no decision are listed too
   */
  public static List<String> lines(Plan plan, int most, boolean notes) {
    return new PlanReport(plan, most).run(notes);
  }

  private List<String> run(boolean notes) {
    lines.add("Packages: " + packages());
    if (!plan.ledger().isEmpty()) {
      lines.add("Changes: " + changes());
    }
    List<PlannedPackage> published = plan.published();
    published.stream()
        .limit(most)
        .forEach(
            each ->
                lines.add(
                    "  " + each.status().word() + "  " + each.fmri().toStringWithoutPublisher()));
    if (published.size() > most) {
      lines.add("  and " + (published.size() - most) + " more");
    }
    section(
        "Moved directories",
        plan.transitions().directoryMoves().stream().map(Move::toString).toList());
    section(
        "Moved files",
        notes ? plan.transitions().fileMoves().stream().map(Move::toString).toList() : List.of());
    section(
        "Staged for shared areas",
        plan.transitions().staging().keySet().stream()
            .map(path -> plan.transitions().linkOf(path) + " by way of " + path)
            .toList());
    section("Risks", plan.findings().risks());
    section(
        "Suggestions (for a rule file, or --accept-suggestions)", plan.findings().suggestions());
    section("Notes", notes ? plan.findings().notes() : List.of());
    return lines;
  }

  private String packages() {
    Map<PlannedPackage.Status, Integer> counts = new TreeMap<>();
    plan.packages().forEach(each -> counts.merge(each.status(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((status, count) -> words.add(count + " " + status.word()));
    return String.join(", ", words);
  }

  private String changes() {
    Map<TreeChange.Kind, Integer> counts = new TreeMap<>();
    plan.changes().stream()
        .filter(TreeChange::matters)
        .forEach(change -> counts.merge(change.kind(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((kind, count) -> words.add(count + " " + kind.word()));
    return words.isEmpty() ? "none" : String.join(", ", words);
  }

  private void section(String title, List<String> entries) {
    if (!entries.isEmpty()) {
      lines.add(title + ":");
      entries.stream().limit(most).forEach(entry -> lines.add("  " + entry));
      if (entries.size() > most) {
        lines.add("  and " + (entries.size() - most) + " more; -v lists all");
      }
    }
  }
}
