package emblema.core.action;

import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Version;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the mediator attributes of a link must fulfil to be published (spec manifest, section 8).
 */
public final class MediatorRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

  private MediatorRules() {}

  static void check(Attributes attributes, List<String> problems) {
    boolean hasVersion = attributes.has("mediator-version");
    boolean hasImplementation = attributes.has("mediator-implementation");
    if (attributes.has("mediator")) {
      if (!hasVersion && !hasImplementation) {
        problems.add(
            "a mediator-version or mediator-implementation must be provided if a mediator is"
                + " specified");
      }
    } else if (hasVersion || hasImplementation || attributes.has("mediator-priority")) {
      problems.add(
          "a mediator must be provided when mediator-version, mediator-implementation, or"
              + " mediator-priority is specified");
    }
    attributes.first("mediator").flatMap(MediatorRules::nameProblem).ifPresent(problems::add);
    attributes
        .first("mediator-version")
        .flatMap(MediatorRules::versionProblem)
        .ifPresent(problems::add);
    attributes
        .first("mediator-implementation")
        .flatMap(MediatorRules::implementationProblem)
        .ifPresent(problems::add);
    attributes
        .first("mediator-priority")
        .filter(priority -> !priority.equals("site") && !priority.equals("vendor"))
        .ifPresent(
            priority ->
                problems.add(
                    "'"
                        + priority
                        + "' is not a valid mediator-priority; valid values are 'site' or"
                        + " 'vendor'"));
  }

  /** Why the text cannot name a mediator. */
  public static Optional<String> nameProblem(String text) {
    return NAME.matcher(text).matches()
        ? Optional.empty()
        : Optional.of(
            "'" + text + "' is not a valid mediator; only alphanumeric characters are allowed");
  }

  /** Why the text cannot be a mediator's version. */
  public static Optional<String> versionProblem(String text) {
    return versionError(text).map(why -> "'" + text + "' is not a valid mediator-version: " + why);
  }

  /** Why the text cannot be an implementation, a name or {@code name@version}. */
  public static Optional<String> implementationProblem(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    Optional<String> error = at < 0 ? Optional.empty() : versionError(text.substring(at + 1));
    if (NAME.matcher(name).matches() && error.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "'"
            + text
            + "' is not a valid mediator-implementation; only alphanumeric characters and a version"
            + " dot-sequence following a single '@' are allowed"
            + error.map(why -> ": " + why).orElse(""));
  }

  private static Optional<String> versionError(String text) {
    try {
      Version.parse(text);
      return Optional.empty();
    } catch (MalformedException e) {
      return Optional.of(e.reason());
    }
  }
}
