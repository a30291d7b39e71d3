package emblema.publisher.master.report;

import emblema.core.tree.TreeChange;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlannedPackage;
import emblema.store.json.Json;
import emblema.store.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** A plan for programs (docs/formats/master-plan.md); the same plan gives the same text. */
public final class PlanData {
  private PlanData() {}

  /** One JSON object, indented. */
  public static String json(Plan plan) {
    List<Json> packages = new ArrayList<>();
    for (PlannedPackage each : plan.published()) {
      packages.add(
          Json.Members.of(
              "status", new Json.Text(each.status().word()),
              "fmri", new Json.Text(each.fmri().toString())));
    }
    List<Json> changes = new ArrayList<>();
    for (TreeChange each : changes(plan)) {
      changes.add(
          Json.Members.of(
              "change", new Json.Text(each.kind().word()),
              "path", new Json.Text(each.path()),
              "details", new Json.Text(ChangeText.details(each))));
    }
    List<Json> moves = new ArrayList<>();
    plan.transitions()
        .directoryMoves()
        .forEach(
            move ->
                moves.add(
                    Json.Members.of(
                        "from", new Json.Text(move.from()), "to", new Json.Text(move.to()))));
    return JsonText.indented(
        Json.Members.of(
            "version", Json.Number.of(1),
            "publisher", new Json.Text(plan.request().publisher()),
            "release", new Json.Text(plan.request().release().version().toShortString()),
            "packages", new Json.Array(packages),
            "changes", new Json.Array(changes),
            "moved-directories", new Json.Array(moves),
            "risks", Json.Array.ofTexts(plan.findings().risks()),
            "suggestions", Json.Array.ofTexts(plan.findings().suggestions()),
            "notes", Json.Array.ofTexts(plan.findings().notes())));
  }

  /** Lines of three fields parted by tabs: what, its kind or state, which. */
  public static List<String> tsv(Plan plan) {
    List<String> lines = new ArrayList<>(List.of("WHAT\tHOW\tWHICH"));
    plan.published().forEach(each -> line(lines, "package", each.status().word(), each.fmri()));
    changes(plan).forEach(each -> line(lines, "change", each.kind().word(), each.path()));
    plan.transitions()
        .directoryMoves()
        .forEach(move -> line(lines, "move", move.from(), move.to()));
    plan.findings().risks().forEach(each -> line(lines, "risk", "", each));
    plan.findings().suggestions().forEach(each -> line(lines, "suggestion", "", each));
    plan.findings().notes().forEach(each -> line(lines, "note", "", each));
    return lines;
  }

  private static void line(List<String> lines, String what, String how, Object which) {
    lines.add(what + "\t" + how + "\t" + which.toString().replace('\t', ' ').replace('\n', ' '));
  }

  /** At the first release everything is new, which the packages say. */
  private static List<TreeChange> changes(Plan plan) {
    return plan.ledger().isEmpty()
        ? List.of()
        : plan.changes().stream().filter(TreeChange::matters).toList();
  }
}
