package emblema.image.cli;

import emblema.cli.Json;
import emblema.core.action.LicenseAction;
import emblema.core.fmri.Fmri;
import emblema.image.change.PlannedChange;
import emblema.image.image.MediatorSetting;
import emblema.image.plan.EditableChanges;
import emblema.image.plan.EnvironmentChoice;
import emblema.image.plan.PackageStep;
import emblema.image.plan.Plan;
import emblema.image.plan.PlannedLicence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A plan as the one JSON line of {@code --parsable 0} (spec client-cli, section 7). */
final class PlanJson {
  private PlanJson() {}

  static String text(
      PlannedChange planned, Map<String, MediatorSetting> mediators, boolean activates) {
    return text(planned, mediators, activates, Map.of());
  }

  /**
   * @param messages what verification found, by package
   */
  static String text(
      PlannedChange planned,
      Map<String, MediatorSetting> mediators,
      boolean activates,
      Map<String, Object> messages) {
    Plan plan = planned.plan();
    boolean isNew = planned.place() == EnvironmentChoice.NEW;
    boolean isBackup = planned.place() == EnvironmentChoice.IN_PLACE_WITH_BACKUP;
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("activate-be", activates);
    object.put("add-packages", sorted(plan, PackageStep::isInstall, PackageStep::after));
    object.put("affect-packages", plan.affected().stream().map(Fmri::toString).sorted().toList());
    object.put("affect-services", services(plan));
    object.put("backup-be-name", isBackup ? planned.environmentName().orElse(null) : null);
    object.put("be-name", isNew ? planned.environmentName().orElse(null) : null);
    object.put("boot-archive-rebuild", false);
    object.put("change-facets", List.of());
    object.put("change-editables", editables(planned.editable()));
    object.put("change-mediators", mediators(plan, mediators));
    object.put("change-packages", changes(plan));
    object.put("change-variants", List.of());
    object.put("child-images", List.of());
    object.put("create-backup-be", isBackup);
    object.put("create-new-be", isNew);
    object.put("image-name", null);
    object.put("item-messages", messages);
    object.put("licenses", plan.licences().stream().map(l -> licence(l, planned)).toList());
    object.put("release-notes", planned.noteLines());
    object.put("remove-packages", sorted(plan, PackageStep::isRemoval, PackageStep::before));
    object.put("space-available", planned.freeBytes());
    object.put("space-required", (plan.space().content() + plan.space().download()) * 1.25);
    object.put("version", 0);
    return Json.compact(object);
  }

  private static List<String> sorted(
      Plan plan, Predicate<PackageStep> kind, Function<PackageStep, @Nullable Fmri> which) {
    return plan.packages().stream()
        .filter(kind)
        .map(step -> Objects.toString(which.apply(step)))
        .sorted()
        .toList();
  }

  private static List<List<String>> changes(Plan plan) {
    return plan.packages().stream()
        .filter(PackageStep::isUpdate)
        .map(step -> List.of(Objects.toString(step.before()), Objects.toString(step.after())))
        .toList();
  }

  private static List<List<String>> services(Plan plan) {
    List<List<String>> services = new ArrayList<>();
    plan.actuators()
        .services()
        .forEach((operation, all) -> all.forEach(one -> services.add(List.of(operation, one))));
    return services;
  }

  private static List<List<Object>> editables(EditableChanges editable) {
    List<List<Object>> groups = new ArrayList<>();
    add(
        groups,
        "moved",
        editable.moved().stream().map(move -> List.of(move.from(), move.to())).toList());
    add(groups, "removed", editable.removed());
    add(groups, "installed", editable.installed());
    add(groups, "updated", editable.updated());
    return groups;
  }

  private static void add(List<List<Object>> groups, String kind, List<?> entries) {
    if (!entries.isEmpty()) {
      groups.add(List.of(kind, entries));
    }
  }

  private static List<Object> mediators(Plan plan, Map<String, MediatorSetting> before) {
    List<Object> changes = new ArrayList<>();
    for (String name : plan.changedMediators()) {
      MediatorSetting old = before.get(name);
      MediatorSetting now = plan.mediators().get(name);
      changes.add(
          List.of(
              name,
              List.of(version(old), version(now)),
              List.of(implementation(old), implementation(now))));
    }
    return changes;
  }

  private static List<@Nullable String> version(@Nullable MediatorSetting setting) {
    return setting == null
        ? Arrays.asList(null, null)
        : Arrays.asList(setting.version(), setting.versionSource());
  }

  private static List<@Nullable String> implementation(@Nullable MediatorSetting setting) {
    if (setting == null) {
      return Arrays.asList(null, null);
    }
    String version = setting.implementationVersion();
    String name = setting.implementation();
    return Arrays.asList(
        name == null || version == null ? name : name + "@" + version,
        setting.implementationSource());
  }

  private static List<Object> licence(PlannedLicence licence, PlannedChange planned) {
    String text = planned.licenceTexts().getOrDefault(licence, "");
    Fmri before = licence.beforeOwner();
    LicenseAction old = licence.before();
    return List.of(
        licence.owner().toString(),
        before == null || old == null ? List.of() : entry(before, old, text),
        entry(licence.owner(), licence.licence(), text));
  }

  private static List<Object> entry(Fmri owner, LicenseAction licence, String text) {
    return List.of(
        owner.toString(),
        licence.license(),
        text,
        "true".equalsIgnoreCase(licence.attributes().get("must-accept", "")),
        "true".equalsIgnoreCase(licence.attributes().get("must-display", "")));
  }
}
