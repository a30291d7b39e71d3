package emblema.flash.cli;

import emblema.cli.Json;
import emblema.cli.Output;
import emblema.flash.deploy.DeploymentPlan;
import emblema.flash.deploy.DeploymentPlan.Contents;
import emblema.flash.deploy.DeploymentReport;
import emblema.flash.deploy.Target;
import emblema.flash.script.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code flar deploy} prints: what would be done, or what was. */
final class DeployOutput {
  private final Output out;
  private final boolean isJson;

  DeployOutput(Output out, boolean isJson) {
    this.out = out;
    this.isJson = isJson;
  }

  void plan(DeploymentPlan plan) {
    Map<String, Object> values = about(plan);
    List<Script> scripts = plan.contents().map(Contents::scripts).orElse(List.of());
    List<String> removals = plan.contents().map(Contents::removals).orElse(List.of());
    plan.contents().ifPresent(contents -> values.put("objects", contents.objects()));
    plan.contents().ifPresent(contents -> values.put("bytes", contents.bytes()));
    values.put("removed", removals);
    values.put("scripts", names(scripts));
    if (isJson) {
      out.line(Json.indented(values));
      return;
    }
    out.line("would deploy " + kind(plan) + " to " + plan.target().name());
    plan.contents()
        .ifPresent(
            contents ->
                out.line(
                    "  "
                        + count(contents.objects(), "object")
                        + ", "
                        + contents.bytes()
                        + " bytes"));
    removals.forEach(path -> out.line("  would remove " + path));
    String verb = plan.options().runScripts() ? "  would run " : "  has the script ";
    scripts.forEach(script -> out.line(verb + script));
  }

  void report(DeploymentPlan plan, DeploymentReport report) {
    if (isJson) {
      Map<String, Object> values = about(plan);
      values.put("objects", report.objects());
      values.put("removed", report.removed());
      values.put("scripts", names(report.scripts()));
      values.put("reset", report.reset());
      values.put("reboot", names(report.rebootScripts()));
      out.line(Json.indented(values));
      return;
    }
    out.line("deployed " + kind(plan) + " to " + plan.target().name());
    List<String> parts = new ArrayList<>(List.of(count(report.objects(), "object")));
    add(parts, report.removed(), "removed");
    add(parts, report.reset(), "host-specific reset");
    add(parts, report.scripts(), "scripts run");
    add(parts, report.rebootScripts(), "scripts to run at the first boot");
    out.line("  " + String.join(", ", parts));
    if (plan.target() instanceof Target.NewEnvironment made) {
      out.line(
          made.activate()
              ? "  it is active on the next boot"
              : "  'beadm activate " + made.newName() + "' makes it the one that is booted next");
    }
  }

  private static void add(List<String> parts, List<?> things, String what) {
    if (!things.isEmpty()) {
      parts.add(things.size() + " " + what);
    }
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String kind(DeploymentPlan plan) {
    String type = plan.isDifferential() ? "differential archive" : "full archive";
    return type + " '" + plan.source().name() + "'";
  }

  private static Map<String, Object> about(DeploymentPlan plan) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("archive", plan.source().name());
    values.put("type", plan.isDifferential() ? "DIFFERENTIAL" : "FULL");
    switch (plan.target()) {
      case Target.Directory directory -> values.put("root", directory.path().toString());
      case Target.NewEnvironment made -> {
        values.put("environment", made.newName());
        values.put("activated", made.activate());
      }
    }
    return values;
  }

  private static List<String> names(List<Script> scripts) {
    return scripts.stream().map(Script::toString).toList();
  }
}
