package emblema.core.action;

import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import java.util.List;
import java.util.Optional;

/** What a dependency must fulfil to be published (spec manifest, section 8). */
final class DependRules {
  /** Stands for what {@code pkgdepend resolve} has yet to find. */
  static final String PLACEHOLDER = "__TBD";

  private DependRules() {}

  static void check(DependAction depend, List<String> problems) {
    Attributes attributes = depend.attributes();
    String type = depend.dependencyType();
    if (depend.kind().isEmpty() && !type.isBlank() && attributes.count("type") == 1) {
      problems.add("Unknown type '" + type + "' in depend action");
    }
    boolean conditional = type.equals(DependencyType.CONDITIONAL.word());
    if (conditional && attributes.get("predicate", "").isBlank()) {
      problems.add("predicate is required");
    }
    if (!conditional && attributes.has("predicate")) {
      problems.add("a predicate may only be specified for conditional dependencies");
    }
    if (!type.equals(DependencyType.ORIGIN.word()) && attributes.has("root-image")) {
      problems.add("the root-image attribute is only valid for origin dependencies");
    }
    checkFmris(attributes, "fmri", problems);
    checkFmris(attributes, "predicate", problems);
  }

  private static void checkFmris(Attributes attributes, String name, List<String> problems) {
    for (String value : attributes.all(name)) {
      if (!value.isBlank() && !(name.equals("fmri") && value.equals(PLACEHOLDER))) {
        illegal(value)
            .ifPresent(why -> problems.add("invalid " + name + " value '" + value + "': " + why));
      }
    }
  }

  /** Why the text is no FMRI, if it is none. */
  static Optional<String> illegal(String text) {
    try {
      return Fmri.parse(text).stem().isEmpty() ? Optional.of(text) : Optional.empty();
    } catch (MalformedException e) {
      return Optional.of(e.reason());
    }
  }
}
