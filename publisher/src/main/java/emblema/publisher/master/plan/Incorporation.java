package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.ActionWriter;
import emblema.core.action.DependAction;
import emblema.core.attribute.Attributes;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.publisher.master.change.Transitions;
import emblema.publisher.master.ledger.ImageFacts;
import emblema.publisher.master.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The package that holds a release together (spec master-image-diff, sections 8.3 and 10): it pins
 * every package to one version, requires those that every machine has, and says what the release
 * was made from.
 */
final class Incorporation {
  static final String TOOL = "emblema-1";

  private final PlanRequest request;
  private final Ledger ledger;
  private final Transitions transitions;

  Incorporation(PlanRequest request, Ledger ledger, Transitions transitions) {
    this.request = request;
    this.ledger = ledger;
    this.transitions = transitions;
  }

  /** {@code RELEASE old -> new} of everything that is salvaged, with the release of the move. */
  private List<String> moved() {
    Set<String> moved = new TreeSet<>();
    for (String receiver : transitions.receivers()) {
      for (String from : transitions.salvagedInto(receiver)) {
        String release = ledger.movedIn(from).orElse(request.release().branch());
        moved.add(release + " " + from + " -> " + receiver);
      }
    }
    return List.copyOf(moved);
  }

  List<Action> manifest(List<PlannedPackage> packages, String oldTree, String tree) {
    List<Action> actions = new ArrayList<>();
    actions.add(
        Draft.set(
            "pkg.summary", "release " + request.release().branch() + " of " + request.family()));
    actions.add(Draft.set(ImageFacts.FAMILY, request.family()));
    actions.add(Draft.set(ImageFacts.LINE, request.release().line()));
    List<String> moved = moved();
    if (!moved.isEmpty()) {
      actions.add(Draft.set(ImageFacts.MOVED, moved.toArray(new String[0])));
    }
    if (!oldTree.isEmpty()) {
      actions.add(Draft.set(ImageFacts.OLD_TREE, oldTree));
    }
    actions.add(Draft.set(ImageFacts.RELEASE, request.release().branch()));
    actions.add(Draft.set(ImageFacts.RULES, request.fingerprint()));
    actions.add(Draft.set(ImageFacts.TOOL, TOOL));
    actions.add(Draft.set(ImageFacts.TREE, tree));
    Set<String> optional = request.rules().optionalPackages();
    for (PlannedPackage each : packages) {
      actions.add(incorporate(each.fmri()));
    }
    for (PlannedPackage each : packages) {
      if (!each.isMarker() && !optional.contains(each.stem())) {
        actions.add(Draft.depend("require", "pkg:/" + each.stem()));
      }
    }
    floor().ifPresent(actions::add);
    return actions;
  }

  /** The dependencies among the actions as text, whatever their order. */
  static Set<String> dependencies(List<Action> actions) {
    Set<String> texts = new TreeSet<>();
    for (Action action : actions) {
      if (action instanceof DependAction) {
        texts.add(ActionWriter.write(action));
      }
    }
    return texts;
  }

  private static Action incorporate(Fmri fmri) {
    return Action.of(
        ActionType.DEPEND,
        null,
        Attributes.of(
            "type",
            "incorporate",
            "fmri",
            fmri.toStringWithoutPublisher(),
            "facet.version-lock." + fmri.stem(),
            "true"));
  }

  private java.util.Optional<Action> floor() {
    String floor = request.choices().floor();
    if (floor.isEmpty()) {
      return java.util.Optional.empty();
    }
    Version version = Version.parse(request.release().line() + ",5.11-" + floor);
    return java.util.Optional.of(
        Draft.depend("origin", "pkg:/" + request.incorporation() + "@" + version));
  }
}
