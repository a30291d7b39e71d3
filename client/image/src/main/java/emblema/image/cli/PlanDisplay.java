package emblema.image.cli;

import emblema.cli.Quantity;
import emblema.core.fmri.Fmri;
import emblema.image.change.PlannedChange;
import emblema.image.image.MediatorSetting;
import emblema.image.plan.EditableChanges;
import emblema.image.plan.EnvironmentChoice;
import emblema.image.plan.PackageStep;
import emblema.image.plan.Plan;
import emblema.image.plan.PlannedLicence;
import emblema.image.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts a plan into lines for people (spec client-cli, section 6). */
final class PlanDisplay {
  private static final int NAMES_SHOWN = 7;
  private static final int NAMES_BEFORE_DOTS = 5;

  private final PlannedChange planned;
  private final Plan plan;
  private final List<String> lines = new ArrayList<>();

  private PlanDisplay(PlannedChange planned) {
    this.planned = planned;
    this.plan = planned.plan();
  }

  /**
   * How much to show.
   *
   * @param activates whether a new environment would be activated
   * @param verbosity how often {@code -v} was given
   * @param namesRemoved whether removed packages are named without {@code -v}: not in uninstall
   */
  record Detail(boolean activates, boolean allLicences, int verbosity, boolean namesRemoved) {}

  /**
   * @param mediators the image's settings before
   */
  static List<String> lines(
      PlannedChange planned, Map<String, MediatorSetting> mediators, Detail detail) {
    PlanDisplay display = new PlanDisplay(planned);
    display.warning();
    display.licences(detail.allLicences());
    display.summary(detail);
    display.lines.add("");
    if (detail.verbosity() > 0) {
      display.mediators(mediators);
      display.lines.addAll(PackageLines.of(display.plan));
      display.services();
      display.editables();
      if (detail.verbosity() > 1) {
        display.actions();
      }
    } else if (detail.namesRemoved()) {
      display.removed();
    }
    display.notes();
    return List.copyOf(display.lines);
  }

  private void warning() {
    planned
        .otherNext()
        .ifPresent(
            next -> {
              lines.add("*".repeat(60));
              lines.add("The boot environment being modified is not the one that will be");
              lines.add("used on the next boot, which is '" + next + "'.");
              lines.add("*".repeat(60));
              lines.add("");
            });
  }

  private void licences(boolean all) {
    for (PlannedLicence licence : plan.licences()) {
      if (all || licence.mustDisplay()) {
        lines.add("-".repeat(60));
        lines.add("Package: " + full(licence.owner()));
        lines.add("License: " + licence.licence().license());
        lines.add("");
        lines.addAll(planned.licenceTexts().getOrDefault(licence, "").lines().toList());
        lines.add("");
        lines.add("");
        lines.add("");
      }
    }
  }

  /** {@code pkg://publisher/stem@release-branch:time}, without the build release. */
  private static String full(Fmri fmri) {
    String time = fmri.requireVersion().timestamp();
    return "pkg://"
        + fmri.publisherIfAny().orElse("")
        + "/"
        + fmri.toShortString()
        + (time == null ? "" : ":" + time);
  }

  private void summary(Detail detail) {
    boolean verbose = detail.verbosity() > 0;
    SummaryBlock block = new SummaryBlock();
    block.count("Packages to remove:", count(PackageStep::isRemoval));
    block.count("Packages to install:", count(PackageStep::isInstall));
    block.count("Packages to update:", count(PackageStep::isUpdate));
    block.count(
        plan.changedMediators().isEmpty() ? "Packages to fix:" : "Packages to change:",
        plan.affected().size());
    block.count("Mediators to change:", plan.changedMediators().size());
    boolean isNew = planned.place() == EnvironmentChoice.NEW;
    if (!isNew) {
      block.count(
          "Services to change:",
          plan.actuators().services().values().stream().mapToInt(s -> s.size()).sum());
    }
    if (verbose) {
      block.add("Estimated space available:", Quantity.bytes(planned.freeBytes()));
      block.add("Estimated space to be consumed:", Quantity.bytes(plan.space().withReserve()));
    }
    if (planned.isLive()) {
      boolean isBackup = planned.place() == EnvironmentChoice.IN_PLACE_WITH_BACKUP;
      block.add("Create boot environment:", isNew ? "Yes" : "No");
      if (isNew) {
        block.add("Activate boot environment:", detail.activates() ? "Yes" : "No");
        planned.environmentName().ifPresent(n -> block.add("Name of boot environment:", n));
      }
      block.add("Create backup boot environment:", isBackup ? "Yes" : "No");
    }
    if (verbose) {
      block.add("Rebuild boot archive:", "No");
    }
    lines.addAll(block.lines());
  }

  private int count(Predicate<PackageStep> kind) {
    return (int) plan.packages().stream().filter(kind).count();
  }

  private void mediators(Map<String, MediatorSetting> before) {
    if (plan.changedMediators().isEmpty()) {
      return;
    }
    lines.add("Changed mediators:");
    for (String name : plan.changedMediators()) {
      MediatorSetting old = before.get(name);
      MediatorSetting now = plan.mediators().get(name);
      lines.add("  mediator " + name + ":");
      change("version", version(old), version(now));
      change("implementation", implementation(old), implementation(now));
    }
    lines.add("");
  }

  private void change(String what, String before, String after) {
    if (!before.equals(after)) {
      lines.add(" ".repeat(18 - what.length()) + what + ": " + before + " -> " + after);
    }
  }

  private static String version(@Nullable MediatorSetting setting) {
    return setting == null || setting.version() == null
        ? "None"
        : setting.version() + " (" + setting.versionSource() + " default)";
  }

  private static String implementation(@Nullable MediatorSetting setting) {
    if (setting == null || setting.implementation() == null) {
      return "None";
    }
    String version = setting.implementationVersion();
    return setting.implementation()
        + (version == null ? "" : "@" + version)
        + " ("
        + setting.implementationSource()
        + " default)";
  }

  private void services() {
    if (plan.actuators().services().isEmpty() || planned.place() == EnvironmentChoice.NEW) {
      return;
    }
    lines.add("Services:");
    plan.actuators()
        .services()
        .forEach((operation, services) -> group(operation + ":", List.copyOf(services)));
    lines.add("");
  }

  private void editables() {
    EditableChanges editable = planned.editable();
    if (editable.isEmpty()) {
      return;
    }
    lines.add("Editable files to change:");
    group("Move:", editable.moved().stream().map(m -> m.from() + " -> " + m.to()).toList());
    group("Remove:", editable.removed());
    group("Install:", editable.installed());
    group("Update:", editable.updated());
    lines.add("");
  }

  private void group(String heading, List<String> entries) {
    if (!entries.isEmpty()) {
      lines.add("  " + heading);
      entries.stream().sorted().forEach(entry -> lines.add("    " + entry));
    }
  }

  private void actions() {
    lines.add("Actions:");
    for (Step step : plan.steps()) {
      lines.add("  " + StepText.of(step));
    }
    lines.add("");
  }

  private void removed() {
    List<String> names =
        plan.packages().stream().filter(PackageStep::isRemoval).map(PackageStep::stem).toList();
    if (names.isEmpty()) {
      return;
    }
    lines.add("Removed Packages:");
    lines.add("");
    boolean cut = names.size() > NAMES_SHOWN;
    for (String name : cut ? names.subList(0, NAMES_BEFORE_DOTS) : names) {
      lines.add("  " + name);
    }
    if (cut) {
      lines.add("  ...");
      int more = names.size() - NAMES_BEFORE_DOTS;
      lines.add("  " + more + " additional removed packages; -v shows them all");
    }
    lines.add("");
  }

  private void notes() {
    if (!planned.noteLines().isEmpty()) {
      lines.add("Release Notes:");
      planned.noteLines().forEach(line -> lines.add("  " + line));
      lines.add("");
    }
  }
}
