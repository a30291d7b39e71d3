package emblema.publisher.lint;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.ActionValidation;
import emblema.core.action.ActionWriter;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mistakes in one action (spec pkglint, section 4.2). */
final class ActionChecks {
  private static final String ID = "pkglint.action";

  private static final Set<String> UNDERSCORED =
      Set.of(
          "original_name",
          "refresh_fmri",
          "restart_fmri",
          "suspend_fmri",
          "disable_fmri",
          "clone_perms");

  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "info.maintainer_url", "info.maintainer-url",
          "info.upstream_url", "info.upstream-url",
          "info.source_url", "info.source-url",
          "info.repository_url", "info.repository-url",
          "info.repository_changeset", "info.repository-changeset",
          "info.defect_tracker.url", "info.defect-tracker.url",
          "opensolaris.arc_url", "org.opensolaris.caseid");

  private static final List<String> LEGACY =
      List.of("category", "desc", "hotline", "name", "pkg", "vendor", "version");

  private final PackageSet packages;
  private final LintSettings settings;
  private final LintLog log;

  ActionChecks(PackageSet packages, LintSettings settings, LintLog log) {
    this.packages = packages;
    this.settings = settings;
    this.log = log;
  }

  void check(LintedPackage by, Action action) {
    underscores(by, action);
    mode(by, action);
    facets(by, action);
    marks(by, action);
    if (settings.publication()) {
      List<String> problems = ActionValidation.problems(action);
      tellIf(!problems.isEmpty(), Level.ERROR, "009", String.join("; ", problems), by, action);
    }
    switch (action.type()) {
      case UNKNOWN -> tell(Level.ERROR, "004", "unknown action in " + by.fmri(), by, action);
      case LICENSE ->
          tellIf(
              action.attributes().has("path"),
              Level.ERROR,
              "007",
              "license action in "
                  + by.fmri()
                  + " has a path attribute, "
                  + action.attributes().get("path", ""),
              by,
              action);
      case LEGACY -> legacy(by, action);
      case USER -> user(by, action);
      case DEPEND -> depend(by, action);
      default -> {}
    }
  }

  private void underscores(LintedPackage by, Action action) {
    for (String name : action.attributes().names()) {
      boolean free =
          UNDERSCORED.contains(name)
              || name.startsWith("facet.locale.")
              || name.startsWith("facet.version-lock.")
              || name.startsWith("pkg.");
      tellIf(
          name.indexOf('_') >= 0 && !free,
          Level.WARNING,
          "001.1",
          "underscore in attribute name " + name + " in " + by.fmri(),
          by,
          action);
    }
    if (action instanceof SetAction set && set.name().indexOf('_') >= 0) {
      String better = OLD_NAMES.get(set.name());
      tell(
          Level.WARNING,
          better == null ? "001.2" : "001.3",
          "underscore in 'set' action name "
              + set.name()
              + " in "
              + by.fmri()
              + (better == null ? "" : ", use " + better),
          by,
          action);
    }
  }

  private void mode(LintedPackage by, Action action) {
    String mode = action.attributes().get("mode", "");
    if (mode.isEmpty()) {
      return;
    }
    String where = " in " + action.key() + " delivered by " + by.fmri();
    if (!mode.matches("[0-7]{1,10}") || Integer.parseInt(mode, 8) == 0) {
      tell(Level.ERROR, "002.2", "broken mode " + mode + where, by, action);
      return;
    }
    if (mode.length() < 3) {
      tell(Level.ERROR, "002.3", "mode " + mode + " is too short" + where, by, action);
      return;
    }
    int user = mode.charAt(mode.length() - 3) - '0';
    int group = mode.charAt(mode.length() - 2) - '0';
    int other = mode.charAt(mode.length() - 1) - '0';
    tellIf(
        action.type() == ActionType.DIR && ((user | group | other) & 1) == 0,
        Level.WARNING,
        "002.1",
        "directory action has no execute bit: mode " + mode + where,
        by,
        action);
    tellIf(
        other > group || group > user || other > user,
        Level.WARNING,
        "002.4",
        "unusual mode " + mode + where,
        by,
        action);
  }

  private void facets(LintedPackage by, Action action) {
    for (String name : action.attributes().names()) {
      if (name.startsWith("facet.")) {
        for (String value : action.attributes().all(name)) {
          tellIf(
              !List.of("true", "false", "all").contains(value),
              Level.WARNING,
              "012",
              "facet value should be set to 'true', 'false' or 'all' in "
                  + by.fmri()
                  + ": "
                  + name
                  + "="
                  + value,
              by,
              action);
        }
      }
    }
  }

  private void marks(LintedPackage by, Action action) {
    List<String> marks =
        action.attributes().names().stream().filter(n -> n.startsWith("pkg.linted")).toList();
    tellIf(
        !marks.isEmpty(),
        Level.INFO,
        "008",
        "pkg.linted attributes in " + by.fmri() + ": " + String.join(" ", marks),
        by,
        null);
  }

  private void legacy(LintedPackage by, Action action) {
    Attributes attributes = action.attributes();
    List<String> missing = LEGACY.stream().filter(name -> !attributes.has(name)).toList();
    tellIf(
        !missing.isEmpty(),
        Level.ERROR,
        "003.1",
        "legacy action in " + by.fmri() + " misses: " + String.join(" ", missing),
        by,
        action);
    tellIf(
        attributes.has("version") && !attributes.get("version", "").contains("REV="),
        Level.WARNING,
        "003.3",
        "legacy action in " + by.fmri() + " does not contain a REV= string",
        by,
        action);
  }

  private void user(LintedPackage by, Action action) {
    String name = action.key();
    String where = " in " + by.fmri();
    tellIf(name.isEmpty(), Level.ERROR, "010.4", "empty user name" + where, by, action);
    tellIf(
        name.length() > 32,
        Level.ERROR,
        "010.1",
        "user name too long: " + name + where,
        by,
        action);
    if (!name.isEmpty()) {
      tellIf(
          !Character.isLowerCase(name.charAt(0)),
          Level.WARNING,
          "010.2",
          "user name '" + name + "' does not begin with a lower-case letter" + where,
          by,
          action);
      tellIf(
          !name.matches("[A-Za-z0-9._-]*"),
          Level.WARNING,
          "010.3",
          "user name '" + name + "' holds unusual characters" + where,
          by,
          action);
    }
  }

  private void depend(LintedPackage by, Action action) {
    List<Fmri> wanted = new ArrayList<>();
    for (String text : action.attributes().all("fmri")) {
      if (text.startsWith("__TBD")) {
        tell(Level.ERROR, "006", "unresolved dependency in " + by.fmri(), by, action);
        continue;
      }
      try {
        wanted.add(Fmri.parse(text));
      } catch (MalformedException e) {
        tell(Level.ERROR, "006", e.reason() + " in " + by.fmri(), by, action);
      }
    }
    String type = action instanceof DependAction ? action.attributes().get("type", "") : "";
    for (Fmri fmri : wanted) {
      tellIf(
          type.equals("incorporate") && fmri.version() == null,
          Level.ERROR,
          "011",
          "depend action does not have a version: "
              + ActionWriter.write(action)
              + " in "
              + by.fmri(),
          by,
          action);
      if (type.equals("require")) {
        obsolete(by, action, fmri);
      }
    }
  }

  /** Follows renames. */
  private void obsolete(LintedPackage by, Action action, Fmri wanted) {
    Set<String> seen = new HashSet<>();
    String stem = wanted.stem();
    while (seen.add(stem)) {
      Optional<LintedPackage> found = packages.newest(stem);
      if (found.isEmpty()) {
        tellIf(
            !settings.missing().contains(wanted.stem()),
            Level.WARNING,
            "005.1",
            "obsolete dependency check skipped: unable to find dependency "
                + wanted
                + " for "
                + by.fmri(),
            by,
            action);
        return;
      }
      if (found.get().isObsolete()) {
        tell(
            Level.ERROR,
            "005",
            "dependency on obsolete package in " + by.fmri() + ": " + found.get().fmri(),
            by,
            action);
        return;
      }
      if (!found.get().isRenamed()) {
        return;
      }
      Optional<String> next =
          found
              .get()
              .manifest()
              .actions(DependAction.class)
              .filter(depend -> depend.attributes().is("type", "require"))
              .map(depend -> depend.attributes().get("fmri", ""))
              .findFirst();
      try {
        stem = next.isEmpty() ? stem : Fmri.parse(next.get()).stem();
      } catch (MalformedException e) {
        return; // told where that package is checked
      }
    }
  }

  private void tellIf(
      boolean wrong,
      Level level,
      String number,
      String text,
      LintedPackage by,
      @Nullable Action action) {
    if (wrong) {
      log.tell(level, ID + number, text, by, action);
    }
  }

  private void tell(Level level, String number, String text, LintedPackage by, Action action) {
    log.tell(level, ID + number, text, by, action);
  }
}
