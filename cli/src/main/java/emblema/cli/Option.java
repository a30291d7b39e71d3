package emblema.cli;

import java.util.List;

/**
 * One option of a command; the four kinds are those of spec client-cli, section 1.3.
 *
 * @param names as typed: {@code -C}, {@code --concurrency}; the first is the option's key
 * @param argument the argument's name in help, empty for flags and counts
 * @param choices the only values allowed, or empty for any
 */
public record Option(
    List<String> names, Kind kind, String argument, String description, List<String> choices) {

  /** What may be said how often. */
  public enum Kind {
    /** No argument, once. */
    FLAG,
    /** No argument, and the number of times counts. */
    COUNT,
    /** One argument, once. */
    VALUE,
    /** One argument, any number of times. */
    LIST
  }

  public Option {
    names = List.copyOf(names);
    choices = List.copyOf(choices);
    for (String name : names) {
      if (!(name.startsWith("--")
          ? name.length() > 3
          : name.startsWith("-") && name.length() == 2)) {
        throw new IllegalArgumentException("not an option name: " + name);
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("an option without a name");
    }
  }

  public boolean takesArgument() {
    return kind == Kind.VALUE || kind == Kind.LIST;
  }

  public boolean mayRepeat() {
    return kind == Kind.COUNT || kind == Kind.LIST;
  }

  /** Both spellings, for messages: {@code -C/--concurrency}. */
  public String label() {
    return String.join("/", names);
  }

  boolean hasName(String name) {
    return names.contains(name);
  }
}
