package emblema.publisher.master.rule;

import emblema.core.action.Action;
import emblema.core.attribute.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One pkgmogrify transform (spec pkgmogrify, sections 4 and 5), of those that look at one action
 * alone: {@code set default add edit delete drop}.
 *
 * @param types type words; none: any
 * @param patterns attribute to pattern, matched from the beginning, all values must match
 * @param arguments of the operation, quotes removed
 */
public record Transform(
    Set<String> types, Map<String, Pattern> patterns, Operation operation, List<String> arguments) {

  /** What is done with a matching action. */
  public enum Operation {
    SET(2),
    DEFAULT(2),
    ADD(2),
    EDIT(3),
    DELETE(2),
    DROP(0);

    private final int arguments;

    Operation(int arguments) {
      this.arguments = arguments;
    }

    int arguments() {
      return arguments;
    }
  }

  public Transform {
    types = Set.copyOf(types);
    patterns = Map.copyOf(patterns);
    arguments = List.copyOf(arguments);
  }

  /** The action after the transform, or nothing if it was dropped. */
  public Optional<Action> apply(Action action) {
    if (!matches(action)) {
      return Optional.of(action);
    }
    if (operation == Operation.DROP) {
      return Optional.empty();
    }
    Attributes before = action.attributes();
    String name = arguments.getFirst();
    String value = arguments.get(1);
    Attributes after =
        switch (operation) {
          case SET -> before.with(name, value);
          case DEFAULT -> before.has(name) ? before : before.with(name, value);
          case ADD -> before.plus(name, value);
          case EDIT -> edited(before, name, Pattern.compile(value), arguments.get(2));
          case DELETE -> deleted(before, name, Pattern.compile(value));
          case DROP -> before;
        };
    return Optional.of(after.equals(before) ? action : action.withAttributes(after));
  }

  private boolean matches(Action action) {
    if (!types.isEmpty() && !types.contains(action.type().word())) {
      return false;
    }
    for (Map.Entry<String, Pattern> pattern : patterns.entrySet()) {
      List<String> values = action.attributes().all(pattern.getKey());
      if (values.isEmpty()
          || !values.stream().allMatch(value -> pattern.getValue().matcher(value).lookingAt())) {
        return false;
      }
    }
    return true;
  }

  private static Attributes edited(
      Attributes before, String name, Pattern pattern, String replacement) {
    String java = Matcher.quoteReplacement(replacement).replaceAll("\\\\\\\\([1-9])", "\\$$1");
    String[] values =
        before.all(name).stream()
            .map(value -> pattern.matcher(value).replaceAll(java))
            .toArray(String[]::new);
    return values.length == 0 ? before : before.with(name, values);
  }

  private static Attributes deleted(Attributes before, String name, Pattern pattern) {
    String[] kept =
        before.all(name).stream()
            .filter(value -> !pattern.matcher(value).find())
            .toArray(String[]::new);
    return before.with(name, kept);
  }
}
