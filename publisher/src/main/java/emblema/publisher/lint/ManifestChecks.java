package emblema.publisher.lint;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Mistakes in a package as a whole (spec pkglint, sections 4.3 and 4.4). */
final class ManifestChecks {
  private static final String ID = "pkglint.manifest";
  private static final Set<String> REQUIRING = Set.of("require", "require-any", "group");

  private final PackageSet packages;
  private final LintLog log;
  private final Set<String> told = new HashSet<>();

  ManifestChecks(PackageSet packages, LintLog log) {
    this.packages = packages;
    this.log = log;
  }

  void check(LintedPackage one) {
    site(one);
    obsolete(one);
    renamed(one);
    variants(one);
    leafName(one);
    dependencies(one);
    repeatedSets(one);
    licences(one);
    Classification.check(one, log);
    descriptions(one);
    services(one);
  }

  private void site(LintedPackage one) {
    if (one.isObsolete() || one.isRenamed()) {
      return;
    }
    for (String name : List.of("org.opensolaris.consolidation", "info.classification")) {
      if (one.values(name).isEmpty()) {
        log.tell(
            Level.WARNING,
            "opensolaris.manifest001.1",
            "Missing attribute '" + name + "' in " + one.fmri(),
            one);
      }
    }
    if (one.values("org.opensolaris.consolidation").size() > 1) {
      log.tell(
          Level.ERROR,
          "opensolaris.manifest005.1",
          "Package " + one.fmri() + " has multiple org.opensolaris.consolidation values",
          one);
    }
  }

  private void obsolete(LintedPackage one) {
    if (!one.isObsolete()) {
      return;
    }
    for (String name : List.of("pkg.description", "pkg.summary")) {
      tellIf(
          !one.values(name).isEmpty(),
          Level.ERROR,
          "001.1",
          "obsolete package " + one.fmri() + " has '" + name + "'",
          one);
    }
    tellIf(
        hasOthers(one, ActionType.SET, ActionType.SIGNATURE),
        Level.ERROR,
        "001.2",
        "obsolete package " + one.fmri() + " contains actions",
        one);
  }

  private static boolean hasOthers(LintedPackage one, ActionType... allowed) {
    return one.manifest().actions().stream()
        .anyMatch(action -> !List.of(allowed).contains(action.type()));
  }

  private void renamed(LintedPackage one) {
    if (!one.isRenamed()) {
      return;
    }
    tellIf(
        hasOthers(one, ActionType.SET, ActionType.DEPEND, ActionType.SIGNATURE),
        Level.ERROR,
        "002.1",
        "renamed package " + one.fmri() + " contains actions",
        one);
    Set<String> seen = new HashSet<>(Set.of(one.fmri().stem()));
    Optional<LintedPackage> current = Optional.of(one);
    while (current.isPresent() && current.get().isRenamed()) {
      Optional<String> next = target(current.get());
      if (next.isEmpty()) {
        tellIf(
            true,
            Level.ERROR,
            "002.2",
            "renamed package " + one.fmri() + " does not declare a 'require' dependency",
            one);
        return;
      }
      if (!seen.add(next.get())) {
        tellIf(true, Level.ERROR, "002.4", "package renaming loop detected in " + one.fmri(), one);
        return;
      }
      current = packages.newest(next.get());
      tellIf(
          current.isEmpty(),
          Level.WARNING,
          "002.3",
          "unable to follow renamed package " + one.fmri() + " to " + next.get(),
          one);
    }
    tellIf(
        current.isPresent() && current.get().isObsolete(),
        Level.ERROR,
        "002.5",
        "package " + one.fmri() + " was renamed to an obsolete package",
        one);
  }

  private static Optional<String> target(LintedPackage one) {
    return one.manifest()
        .actions(DependAction.class)
        .filter(depend -> depend.attributes().is("type", "require"))
        .map(depend -> stem(depend.attributes().get("fmri", "")))
        .filter(stem -> !stem.isEmpty())
        .findFirst();
  }

  private static String stem(String fmri) {
    try {
      return Fmri.parse(fmri).stem();
    } catch (MalformedException e) {
      return "";
    }
  }

  private void variants(LintedPackage one) {
    Map<String, Set<String>> declared = one.variants();
    for (Action action : one.manifest().actions()) {
      for (String name : action.attributes().names()) {
        if (!name.startsWith("variant.") || name.startsWith("variant.debug")) {
          continue;
        }
        Set<String> values = declared.getOrDefault(name, Set.of());
        boolean unknown = !declared.containsKey(name);
        for (String value : action.attributes().all(name)) {
          boolean wrong = unknown || !values.contains(value);
          if (wrong && told.add("003 " + one.fmri() + name + value)) {
            log.tell(
                Level.ERROR,
                ID + (unknown ? "003.1" : "003.2"),
                (unknown ? "undeclared variant " : "undeclared variant value ")
                    + name
                    + "="
                    + value
                    + " in "
                    + one.fmri(),
                one,
                action);
          }
        }
      }
      boolean program = action.attributes().has("elfarch");
      if (program && !declared.containsKey("variant.arch") && told.add("003.3 " + one.fmri())) {
        log.tell(
            Level.ERROR,
            ID + "003.3",
            "variant.arch not declared in " + one.fmri() + ", which delivers programs",
            one,
            action);
      }
    }
  }

  private void leafName(LintedPackage one) {
    String leaf = leaf(one);
    List<LintedPackage> same =
        packages.all().stream()
            .filter(each -> leaf(each).equals(leaf) && !each.isObsolete() && !each.isRenamed())
            .toList();
    if (same.size() > 1 && same.contains(one) && told.add("004 " + leaf)) {
      log.tell(
          Level.WARNING,
          ID + "004",
          "last name component "
              + leaf
              + " in package name clashes across "
              + same.stream().map(each -> each.fmri().toString()).collect(Collectors.joining(" ")),
          one);
    }
  }

  private static String leaf(LintedPackage one) {
    return one.fmri().stem().substring(one.fmri().stem().lastIndexOf('/') + 1);
  }

  private void dependencies(LintedPackage one) {
    Map<String, List<Action>> byStem = new LinkedHashMap<>();
    for (Action action : one.manifest().actions()) {
      if (action instanceof DependAction
          && REQUIRING.contains(action.attributes().get("type", ""))) {
        for (String fmri : action.attributes().all("fmri")) {
          byStem.computeIfAbsent(stem(fmri), key -> new ArrayList<>()).add(action);
        }
      }
    }
    byStem.forEach(
        (stem, actions) ->
            tellIf(
                !stem.isEmpty() && !VariantOverlap.of(actions).isEmpty(),
                Level.ERROR,
                "005.2",
                "duplicate depend actions in " + one.fmri() + " " + stem,
                one));
  }

  private void repeatedSets(LintedPackage one) {
    Map<String, List<Action>> byName = new LinkedHashMap<>();
    one.manifest()
        .actions(SetAction.class)
        .forEach(set -> byName.computeIfAbsent(set.name(), key -> new ArrayList<>()).add(set));
    byName.forEach(
        (name, sets) ->
            tellIf(
                !VariantOverlap.of(sets).isEmpty(),
                Level.ERROR,
                "006",
                "duplicate set actions on names in " + one.fmri() + " " + name,
                one));
  }

  private void licences(LintedPackage one) {
    Map<String, List<Action>> byName = new LinkedHashMap<>();
    for (Action action : one.manifest().actions()) {
      if (action.type() == ActionType.LICENSE) {
        byName.computeIfAbsent(action.key(), key -> new ArrayList<>()).add(action);
      }
    }
    byName.forEach(
        (name, licences) ->
            tellIf(
                !VariantOverlap.of(licences).isEmpty(),
                Level.ERROR,
                "016",
                "duplicate license actions in " + one.fmri() + " " + name,
                one));
  }

  private void descriptions(LintedPackage one) {
    if (one.isObsolete() || one.isRenamed()) {
      return;
    }
    List<String> summary = one.values("pkg.summary");
    List<String> description = one.values("pkg.description");
    tellIf(
        description.contains(""),
        Level.WARNING,
        "009.1",
        "empty description in " + one.fmri(),
        one);
    tellIf(summary.contains(""), Level.WARNING, "009.3", "empty summary in " + one.fmri(), one);
    tellIf(
        !summary.isEmpty() && summary.equals(description),
        Level.WARNING,
        "009.2",
        "description matches summary in " + one.fmri(),
        one);
    tellIf(
        summary.isEmpty(),
        Level.ERROR,
        "010.2",
        "Missing attribute 'pkg.summary' in " + one.fmri(),
        one);
  }

  private void services(LintedPackage one) {
    boolean delivers =
        one.manifest().actions().stream()
            .filter(action -> action.type() == ActionType.FILE)
            .map(Action::key)
            .anyMatch(
                path ->
                    path.endsWith(".xml")
                        && (path.startsWith("lib/svc/manifest/")
                            || path.startsWith("var/svc/manifest/")));
    tellIf(
        delivers && one.values("org.opensolaris.smf.fmri").isEmpty(),
        Level.WARNING,
        "011",
        "SMF manifests were delivered, but no org.opensolaris.smf.fmri attribute in " + one.fmri(),
        one);
  }

  private void tellIf(boolean wrong, Level level, String number, String text, LintedPackage one) {
    if (wrong) {
      log.tell(level, ID + number, text, one);
    }
  }
}
