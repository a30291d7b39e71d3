package emblema.testkit;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import java.util.List;
import java.util.Optional;

/** Which part of a catalog repeats an action (spec catalog, section 7), worked out once more. */
final class CatalogPart {
  private CatalogPart() {}

  static Optional<String> of(Action action) {
    if (action instanceof DependAction) {
      return Optional.of("catalog.dependency.C");
    }
    if (!(action instanceof SetAction set)) {
      return Optional.empty();
    }
    String name = set.name();
    if (name.matches("(variant|facet|pkg\\.depend\\.).*|pkg\\.(obsolete|renamed|legacy)")) {
      return Optional.of("catalog.dependency.C");
    }
    if (name.matches("fmri|pkg\\.fmri|publisher|(info\\.source-url|pkg\\.debug|pkg\\.linted).*")) {
      return Optional.empty();
    }
    String[] words = name.split(":", -1);
    return Optional.of("catalog.summary." + (words.length > 1 ? words[1] : "C"));
  }

  static String text(Action action) {
    return ActionWriter.write(action);
  }

  /** Dependencies before everything else, both in the order of the manifest. */
  static void dependsFirst(List<String> actions) {
    List<String> sets = actions.stream().filter(text -> !text.startsWith("depend ")).toList();
    actions.removeAll(sets);
    actions.addAll(sets);
  }
}
