package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.FileAction;
import emblema.core.error.ConflictException;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What several packages must not do to one object (spec planner-solver 7.3, manifest 17). Only
 * objects that the operation touches are looked at, and only conflicts that it would bring in are
 * errors.
 */
final class Conflicts {
  private final List<String> problems = new ArrayList<>();

  /** Paths of files that another package's {@code overlay=true} covers, to the covered package. */
  private final Map<String, Fmri> overlaid = new HashMap<>();

  /**
   * @param shared names that several actions deliver
   * @param coming hashes of the actions that come
   */
  Conflicts(Map<String, List<Delivery>> shared, KeyTable coming) {
    shared.forEach(
        (name, all) -> {
          boolean isNew = all.stream().anyMatch(d -> coming.contains(Keys.text(d.action())));
          problem(all).filter(text -> isNew).ifPresent(problems::add);
        });
  }

  /** The package whose file at the path is covered by an overlay, if one is. */
  Optional<Fmri> overlaid(String path) {
    return Optional.ofNullable(overlaid.get(Keys.clean(path)));
  }

  /** Something that is no directory stands where another package needs one. */
  void obstructs(Delivery obstacle, Delivery below) {
    problems.add(
        "'"
            + Keys.clean(obstacle.action().key())
            + "' is a "
            + obstacle.action().type().word()
            + " of\n  "
            + obstacle.owner()
            + "\nand a directory for '"
            + Keys.clean(below.action().key())
            + "' of\n  "
            + below.owner());
  }

  void reserved(Delivery delivery) {
    problems.add(
        "'"
            + Keys.clean(delivery.action().key())
            + "' is reserved for the image's own use and delivered by\n  "
            + delivery.owner());
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConflictException(
          "the requested change would install conflicting actions",
          String.join("\n\n", problems),
          List.of("nothing was changed; the packages must be mended, or one of them left out"),
          null);
    }
  }

  private Optional<String> problem(List<Delivery> all) {
    Set<ActionType> types =
        all.stream().map(delivery -> delivery.action().type()).collect(Collectors.toSet());
    if (types.size() > 1) {
      return Optional.of(
          "the following packages deliver conflicting action types to '"
              + all.getFirst().action().key()
              + "':"
              + lines(all, delivery -> delivery.action().type().word() + " from "));
    }
    ActionType type = types.iterator().next();
    return type.isReferenceCounted() ? disagreement(type, all) : duplicate(type, all);
  }

  private Optional<String> duplicate(ActionType type, List<Delivery> all) {
    if (type == ActionType.FILE && all.size() == 2 && isOverlay(all)) {
      return Optional.empty();
    }
    return Optional.of(
        "the following packages all deliver "
            + type.word()
            + " actions to '"
            + all.getFirst().action().key()
            + "':"
            + lines(all, delivery -> ""));
  }

  private boolean isOverlay(List<Delivery> both) {
    for (int i = 0; i < 2; i++) {
      Delivery over = both.get(i);
      Delivery under = both.get(1 - i);
      if (over.action().attributes().is("overlay", "true")
          && under.action().attributes().is("overlay", "allow")
          && under.action() instanceof FileAction file
          && Preserve.isEditable(file)
          && mayDiffer(over.action(), under.action())) {
        overlaid.put(Keys.clean(under.action().key()), under.owner());
        return true;
      }
    }
    return false;
  }

  private static boolean mayDiffer(Action over, Action under) {
    boolean denied =
        over.attributes().is("overlay-attributes", "deny")
            || under.attributes().is("overlay-attributes", "deny");
    return !denied
        || List.of("owner", "group", "mode", "sysattr").stream()
            .allMatch(name -> value(over, name).equals(value(under, name)));
  }

  private static Optional<String> disagreement(ActionType type, List<Delivery> all) {
    if (type == ActionType.LINK || type == ActionType.HARDLINK) {
      return links(type, all);
    }
    Set<String> names = new TreeSet<>();
    for (String name : type.mustAgree()) {
      if (all.stream().map(delivery -> value(delivery.action(), name)).distinct().count() > 1) {
        names.add(name);
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(differing(type, all, names));
  }

  /** Alternatives of one mediator may differ; everything else at one path must have one target. */
  private static Optional<String> links(ActionType type, List<Delivery> all) {
    Set<String> mediators = new HashSet<>();
    Map<List<String>, Set<String>> targets = new HashMap<>();
    for (Delivery delivery : all) {
      Action action = delivery.action();
      String mediator = action.attributes().get("mediator", "");
      mediators.add(mediator);
      targets
          .computeIfAbsent(
              List.of(
                  mediator,
                  action.attributes().get("mediator-version", ""),
                  action.attributes().get("mediator-implementation", "")),
              any -> new TreeSet<>())
          .add(action.attributes().get("target", ""));
    }
    Set<String> different =
        targets.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    boolean bad =
        targets.values().stream().anyMatch(some -> some.size() > 1)
            || (mediators.size() > 1 && different.size() > 1);
    return bad
        ? Optional.of(differing(type, all, Set.of(mediators.size() > 1 ? "mediator" : "target")))
        : Optional.empty();
  }

  private static String differing(ActionType type, List<Delivery> all, Set<String> names) {
    return "the following packages deliver "
        + type.word()
        + " '"
        + all.getFirst().action().key()
        + "' with different "
        + String.join(", ", names)
        + ":"
        + lines(
            all,
            delivery ->
                names.stream()
                        .map(name -> name + "=" + delivery.action().attributes().get(name, ""))
                        .collect(Collectors.joining(" "))
                    + " from ");
  }

  private static String lines(List<Delivery> all, Function<Delivery, String> prefix) {
    return all.stream()
        .map(delivery -> "\n  " + prefix.apply(delivery) + delivery.owner())
        .collect(Collectors.joining());
  }

  /** Comparable text of an attribute; modes without leading zeros. */
  private static String value(Action action, String name) {
    String text = action.attributes().get(name, "");
    return name.equals("mode") ? text.replaceFirst("^0+(?=.)", "") : text;
  }
}
