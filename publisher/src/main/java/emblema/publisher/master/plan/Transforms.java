package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.action.SetAction;
import emblema.core.error.ConflictException;
import emblema.core.manifest.Manifest;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.transform.Mogrifier;
import emblema.publisher.transform.Outcome;
import emblema.publisher.transform.Transform;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies the transforms of rule files to a package. While they work the package has a name without
 * a version: whether it changed must not depend on the number of the release.
 */
record Transforms(List<Transform> rules, String publisher, Findings findings) {
  private static final String NAME = "pkg.fmri";

  Transforms {
    rules = List.copyOf(rules);
  }

  List<Action> apply(String stem, List<Action> actions) {
    if (rules.isEmpty()) {
      return actions;
    }
    List<Action> named = new ArrayList<>(actions.size() + 1);
    named.add(Draft.set(NAME, "pkg://" + publisher + "/" + stem));
    named.addAll(actions);
    return switch (Mogrifier.of(rules).apply(new Manifest(named), "package " + stem)) {
      case Outcome.Complete complete -> {
        complete.printed().forEach(line -> findings.note(stem + ": " + line));
        yield complete.manifest().actions().stream()
            .filter(action -> !(action instanceof SetAction set && set.name().equals(NAME)))
            .toList();
      }
      case Outcome.Stopped stopped ->
          throw new ConflictException(
              "a transform stopped the plan at package '" + stem + "'",
              stopped.message().isEmpty() ? "it says 'exit' or 'abort'" : stopped.message(),
              List.of(),
              null);
    };
  }
}
