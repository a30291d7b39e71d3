package emblema.publisher.lint;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Things that several packages, or one of them twice, claim (spec pkglint, section 4.1). */
final class DuplicateChecks {
  private static final String ID = "pkglint.dupaction";

  private final PackageSet packages;
  private final LintLog log;
  private final Set<String> told = new HashSet<>();

  DuplicateChecks(PackageSet packages, LintLog log) {
    this.packages = packages;
    this.log = log;
  }

  void check(LintedPackage by, Action action) {
    switch (action.type()) {
      case FILE -> {
        unique(by, action, "001", "path", action.key(), this::isOrdinaryFile);
        overlays(by, action);
      }
      case LICENSE, DIR -> shared(by, action);
      case LINK, HARDLINK -> {
        shared(by, action);
        mediated(by, action);
      }
      case DRIVER -> unique(by, action, "002", "driver", action.key(), one -> true);
      case GROUP -> {
        unique(by, action, "005", "groupname", action.key(), one -> true);
        number(by, action, "006", "gid");
      }
      case USER -> {
        number(by, action, "004", "uid");
        unique(by, action, "003", "username", action.key(), one -> true);
      }
      case LEGACY -> {
        unique(by, action, "015", "pkg", action.key(), one -> true);
        shared(by, action);
      }
      case SET, DEPEND, UNKNOWN, SIGNATURE -> {}
    }
    action
        .pathIfAny()
        .ifPresent(
            path -> {
              types(by, action, path);
              parent(by, action, path);
            });
  }

  private void number(LintedPackage by, Action action, String number, String attribute) {
    action
        .attributes()
        .first(attribute)
        .ifPresent(value -> unique(by, action, number, attribute, value, one -> true));
  }

  private boolean isOrdinaryFile(Action action) {
    return action.type() == ActionType.FILE && !action.attributes().has("overlay");
  }

  private void unique(
      LintedPackage by,
      Action action,
      String number,
      String space,
      String name,
      Predicate<Action> counts) {
    List<LintedPackage.Delivered> same =
        packages.named(space, name).stream().filter(one -> counts.test(one.action())).toList();
    if (same.size() < 2 || !counts.test(action) || !told.add(number + " " + name)) {
      return;
    }
    String start = space + " " + name + " is a duplicate delivered by " + names(same);
    for (String overlap : VariantOverlap.of(actions(same))) {
      boolean always = overlap.isEmpty();
      log.tell(
          Level.ERROR,
          ID + number + (always ? ".1" : ".2"),
          start
              + (always
                  ? " under all variant combinations"
                  : " declaring overlapping variants " + overlap),
          by,
          action);
    }
  }

  /** What several packages may deliver must agree in all but its tags. */
  private void shared(LintedPackage by, Action action) {
    String space = action.type() == ActionType.LEGACY ? "pkg" : "path";
    List<LintedPackage.Delivered> same =
        packages.named(space, action.key()).stream()
            .filter(one -> one.action().type() == action.type())
            .filter(one -> VariantOverlap.meet(one.action(), action))
            .toList();
    for (LintedPackage.Delivered other : same) {
      Set<String> names = new TreeSet<>(action.attributes().names());
      names.addAll(other.action().attributes().names());
      names.removeIf(DuplicateChecks::isFree);
      for (String name : names) {
        if (!sorted(action, name).equals(sorted(other.action(), name))
            && told.add("007 " + space + action.key() + " " + name)) {
          log.tell(
              Level.ERROR,
              ID + "007",
              action.type().word()
                  + " action for "
                  + action.key()
                  + " is reference-counted but has different attributes across duplicates: "
                  + name
                  + " in "
                  + names(same),
              by,
              action);
        }
      }
    }
  }

  private static List<String> sorted(Action action, String name) {
    return action.attributes().all(name).stream().sorted().toList();
  }

  private static boolean isFree(String name) {
    return name.startsWith("variant.")
        || name.startsWith("facet.")
        || name.startsWith("mediator")
        || name.startsWith("target")
        || name.startsWith("pkg.linted");
  }

  private void types(LintedPackage by, Action action, String path) {
    List<LintedPackage.Delivered> others =
        packages.named("path", path).stream()
            .filter(one -> one.action().type() != action.type())
            .filter(one -> VariantOverlap.meet(one.action(), action))
            .filter(one -> !isMediated(one.action()) || !isMediated(action))
            .toList();
    if (!others.isEmpty() && told.add("008 " + path)) {
      List<LintedPackage.Delivered> all = new ArrayList<>(others);
      all.add(new LintedPackage.Delivered(by, action));
      String kinds =
          all.stream()
              .map(one -> one.action().type().word())
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      log.tell(
          Level.ERROR,
          ID + "008",
          "path "
              + path
              + " is delivered by multiple action types ("
              + kinds
              + ") in "
              + names(all),
          by,
          action);
    }
  }

  private void parent(LintedPackage by, Action action, String path) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      String parent = path.substring(0, slash);
      for (LintedPackage.Delivered one : packages.named("path", parent)) {
        if (one.action().type() != ActionType.DIR
            && VariantOverlap.meet(one.action(), action)
            && told.add("011 " + path)) {
          log.tell(
              Level.ERROR,
              ID + "011",
              "%s is delivered by %s, but its parent %s is a %s in %s"
                  .formatted(path, by.fmri(), parent, one.action().type().word(), one.by().fmri()),
              by,
              action);
        }
      }
    }
  }

  private static boolean isMediated(Action action) {
    return action.attributes().has("mediator");
  }

  private void mediated(LintedPackage by, Action action) {
    List<LintedPackage.Delivered> links =
        packages.named("path", action.key()).stream()
            .filter(
                one ->
                    one.action().type() == ActionType.LINK
                        || one.action().type() == ActionType.HARDLINK)
            .filter(one -> VariantOverlap.meet(one.action(), action))
            .toList();
    if (links.stream().noneMatch(one -> isMediated(one.action()))
        || !told.add("010 " + action.key())) {
      return;
    }
    String where = action.key() + " in " + names(links);
    if (links.stream().map(one -> one.action().type()).distinct().count() > 1) {
      log.tell(Level.ERROR, ID + "010.1", "mediated path is link and hardlink: " + where, by);
    }
    if (!links.stream().allMatch(one -> isMediated(one.action()))) {
      log.tell(Level.ERROR, ID + "010.2", "only some links have a mediator: " + where, by);
    }
    long mediators =
        links.stream()
            .map(one -> one.action().attributes().get("mediator", ""))
            .filter(name -> !name.isEmpty())
            .distinct()
            .count();
    if (mediators > 1) {
      log.tell(Level.ERROR, ID + "010.3", "links have different mediators: " + where, by);
    }
  }

  private void overlays(LintedPackage by, Action action) {
    Attributes attributes = action.attributes();
    if (!attributes.has("overlay")) {
      return;
    }
    if (attributes.is("overlay", "allow") && !attributes.has("preserve")) {
      log.tell(
          Level.ERROR,
          ID + "009.1",
          "path " + action.key() + " has overlay=allow but no preserve in " + by.fmri(),
          by,
          action);
    }
    List<LintedPackage.Delivered> meeting =
        packages.atPath(action.key(), ActionType.FILE).stream()
            .filter(one -> VariantOverlap.meet(one.action(), action))
            .toList();
    if (!told.add("009 " + action.key())) {
      return;
    }
    List<LintedPackage.Delivered> above = of(meeting, "true");
    List<LintedPackage.Delivered> below = of(meeting, "allow");
    String where = " for path " + action.key() + " in " + names(meeting);
    tellIf(above.size() > 1, "009.2", "several overlay=true" + where, by, action);
    tellIf(
        below.size() > 1 && !above.isEmpty(), "009.3", "several overlay=allow" + where, by, action);
    tellIf(!above.isEmpty() && below.isEmpty(), "009.5", "no overlay=allow" + where, by, action);
    boolean ordinary = meeting.size() > above.size() + below.size();
    tellIf(ordinary, "009.7", "overlaying and ordinary files" + where, by, action);
    if (above.size() == 1 && below.size() == 1) {
      for (String name : List.of("mode", "owner", "group", "sysattr")) {
        boolean differs =
            !sorted(above.getFirst().action(), name)
                .equals(sorted(below.getFirst().action(), name));
        tellIf(differs, "009.6", "overlaying files differ in " + name + where, by, action);
      }
    }
  }

  private void tellIf(boolean wrong, String number, String text, LintedPackage by, Action action) {
    if (wrong) {
      log.tell(Level.ERROR, ID + number, text, by, action);
    }
  }

  private static List<LintedPackage.Delivered> of(
      List<LintedPackage.Delivered> all, String overlay) {
    return all.stream().filter(one -> one.action().attributes().is("overlay", overlay)).toList();
  }

  private static List<Action> actions(List<LintedPackage.Delivered> all) {
    return all.stream().map(LintedPackage.Delivered::action).toList();
  }

  private static String names(List<LintedPackage.Delivered> all) {
    return all.stream()
        .map(one -> one.by().fmri())
        .distinct()
        .sorted()
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }
}
