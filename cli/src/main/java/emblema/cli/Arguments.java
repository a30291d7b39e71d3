package emblema.cli;

import emblema.core.error.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the user typed, by option. An option is asked for by any of its spellings; asking for one
 * that the syntax does not have is a bug.
 */
public final class Arguments {
  private final Syntax syntax;
  private final Map<String, List<String>> given;
  private final List<String> operands;

  Arguments(Syntax syntax, Map<String, List<String>> given, List<String> operands) {
    this.syntax = syntax;
    this.given = given;
    this.operands = List.copyOf(operands);
  }

  /** Whether the option was given at all. */
  public boolean has(String option) {
    return !values(option).isEmpty();
  }

  /** How often the option was given. */
  public int count(String option) {
    return values(option).size();
  }

  /** The argument of an option that may be given once. */
  public Optional<String> value(String option) {
    List<String> values = values(option);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  public String value(String option, String otherwise) {
    return value(option).orElse(otherwise);
  }

  /** The argument of an option that must be given: usage error if it was not. */
  public String required(String option) {
    return value(option)
        .orElseThrow(
            () -> new UsageException("option '" + find(option).label() + "' must be given"));
  }

  /** The argument as a number: usage error if it is not one. */
  public OptionalInt number(String option) {
    Optional<String> value = value(option);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(value.get()));
    } catch (NumberFormatException e) {
      throw invalid(option, "a number");
    }
  }

  /** All arguments of a repeatable option, in the order given. */
  public List<String> values(String option) {
    return given.getOrDefault(find(option).names().getFirst(), List.of());
  }

  /** Of these options the one given last, for options where later ones win. */
  public Optional<String> last(String... options) {
    Optional<String> last = Optional.empty();
    for (String key : given.keySet()) {
      for (String option : options) {
        if (find(option).names().getFirst().equals(key)) {
          last = Optional.of(option);
        }
      }
    }
    return last;
  }

  public List<String> operands() {
    return operands;
  }

  /** The operand at a position from 0, which the syntax promises. */
  public String operand(int index) {
    return operands.get(index);
  }

  /** For a command that finds an option's argument wrong. */
  public UsageException invalid(String option, String expected) {
    return new UsageException(
        "invalid argument '" + value(option, "") + "' for option '" + find(option).label() + "'",
        "expected: " + expected,
        List.of(),
        null);
  }

  private Option find(String name) {
    return syntax
        .option(name)
        .orElseThrow(() -> new IllegalArgumentException("the syntax has no option " + name));
  }
}
