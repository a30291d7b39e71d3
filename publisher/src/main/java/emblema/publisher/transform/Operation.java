package emblema.publisher.transform;

import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import java.util.List;

/** What a transform does with an action that it matches (spec pkgmogrify, section 5). */
sealed interface Operation {

  /** Replaces all values; {@code action.hash} stands for the payload. */
  record Set(Template name, Template value) implements Operation {}

  /** Sets what is absent. */
  record Default(Template name, Template value) implements Operation {}

  /** Adds one value at the end. */
  record Add(Template name, Template value) implements Operation {}

  /** Replaces each match in each value. */
  record Edit(Template name, Template regexp, Template replacement) implements Operation {
    Attributes apply(Attributes attributes, Template.Surroundings around) {
      String edited = name.expand(around);
      if (!attributes.has(edited)) {
        return attributes;
      }
      Regexp expression = Regexp.of(regexp.expand(around));
      Replacement with = Replacement.of(replacement.expand(around), expression);
      return attributes.with(
          edited,
          attributes.all(edited).stream()
              .map(value -> expression.replaceAll(value, with))
              .toArray(String[]::new));
    }
  }

  /** Removes the values in which the expression is found. */
  record Delete(String name, Regexp regexp) implements Operation {
    Attributes apply(Attributes attributes) {
      List<String> values = attributes.all(name);
      String[] kept = values.stream().filter(value -> !regexp.find(value)).toArray(String[]::new);
      return kept.length == values.size() ? attributes : attributes.with(name, kept);
    }
  }

  /** Removes the action. */
  record Drop() implements Operation {}

  /** Adds an action, a comment or an empty line. */
  record Emit(Template text) implements Operation {}

  /** Writes a line beside the manifest. */
  record Print(Template text) implements Operation {}

  /** Ends everything with a status; nothing is written. */
  record Exit(int status, Template message) implements Operation {}

  /** A name that an attribute may have, so that what is written can be read again. */
  static String attribute(String name) {
    if (name.isEmpty() || name.chars().anyMatch(c -> " \t\r\n='\"".indexOf(c) >= 0)) {
      throw new MalformedException("'" + name + "' cannot be the name of an attribute");
    }
    return name;
  }
}
