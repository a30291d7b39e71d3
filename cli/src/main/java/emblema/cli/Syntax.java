package emblema.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command takes: options, operands, and which of them exclude or need each other. Parsing,
 * usage, manual pages and completion all come from here.
 *
 * <pre>{@code
 * Syntax.of("install or update packages")
 *     .flag("-n", "plan only; change nothing")
 *     .count("-v", "tell more; may be repeated")
 *     .value("-C --concurrency", "n", "images worked on at once")
 *     .list("-g", "uri", "a temporary origin")
 *     .excludes("-q", "-v")
 *     .operands("pattern", 1)
 * }</pre>
 */
public final class Syntax {
  /** No upper bound on the number of operands. */
  public static final int MANY = Integer.MAX_VALUE;

  /** A titled passage of the manual page; blank lines part paragraphs. */
  public record Section(String title, String text) {}

  /** What a name of operands stands for and how many there may be. */
  public record Operand(String name, int least, int most) {}

  /** Options of which at most one may be given. */
  record Exclusion(List<String> options) {}

  /** The first option makes sense only beside one of the others. */
  record Need(String option, List<String> others) {}

  private final String summary;
  private final List<Option> options = new ArrayList<>();
  private final List<Exclusion> exclusions = new ArrayList<>();
  private final List<Need> needs = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private final List<Operand> operands = new ArrayList<>();
  private boolean intermixed;

  private Syntax(String summary) {
    this.summary = summary;
  }

  /**
   * @param summary one line without a full stop: what the command does
   */
  public static Syntax of(String summary) {
    return new Syntax(summary);
  }

  /**
   * An option without argument that may be given once.
   *
   * @param names all spellings, parted by spaces: {@code "-P --search-first"}
   */
  public Syntax flag(String names, String description) {
    return add(names, Option.Kind.FLAG, "", description, List.of());
  }

  /** An option without argument whose repetitions count. */
  public Syntax count(String names, String description) {
    return add(names, Option.Kind.COUNT, "", description, List.of());
  }

  /** An option with one argument that may be given once. */
  public Syntax value(String names, String argument, String description) {
    return add(names, Option.Kind.VALUE, argument, description, List.of());
  }

  /** An option with one argument out of a closed set. */
  public Syntax choice(String names, String argument, List<String> choices, String description) {
    return add(names, Option.Kind.VALUE, argument, description, choices);
  }

  /** An option with one argument that may be repeated. */
  public Syntax list(String names, String argument, String description) {
    return add(names, Option.Kind.LIST, argument, description, List.of());
  }

  /** At most one of these may be given. */
  public Syntax excludes(String... names) {
    exclusions.add(new Exclusion(keys(names)));
    return this;
  }

  /** The option makes sense only beside one of the others. */
  public Syntax needs(String name, String... others) {
    needs.add(new Need(key(name), keys(others)));
    return this;
  }

  /** Exactly one operand. */
  public Syntax operand(String name) {
    return operands(name, 1, 1);
  }

  /** So many operands or more. */
  public Syntax operands(String name, int least) {
    return operands(name, least, MANY);
  }

  /** May be called more than once: operands fill the names in order, required ones first. */
  public Syntax operands(String name, int least, int most) {
    operands.add(new Operand(name, least, most));
    return this;
  }

  /**
   * Options may also follow operands. The default is strict POSIX, where the first operand ends the
   * options (spec client-cli, section 1.1).
   */
  public Syntax intermixed() {
    intermixed = true;
    return this;
  }

  /** Adds a passage to the manual page. */
  public Syntax section(String title, String text) {
    sections.add(new Section(title, text.strip()));
    return this;
  }

  public String summary() {
    return summary;
  }

  public List<Option> options() {
    return List.copyOf(options);
  }

  public List<Operand> operands() {
    return List.copyOf(operands);
  }

  public List<Section> sections() {
    return List.copyOf(sections);
  }

  List<Exclusion> exclusions() {
    return exclusions;
  }

  List<Need> needs() {
    return needs;
  }

  boolean isIntermixed() {
    return intermixed;
  }

  /** The option with exactly this spelling. */
  Optional<Option> option(String name) {
    for (Option option : options) {
      if (option.hasName(name)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  private Syntax add(
      String names, Option.Kind kind, String argument, String description, List<String> choices) {
    Option option = new Option(List.of(names.split(" ", -1)), kind, argument, description, choices);
    for (String name : option.names()) {
      if (option(name).isPresent()) {
        throw new IllegalArgumentException("option " + name + " is declared twice");
      }
    }
    options.add(option);
    return this;
  }

  private String key(String name) {
    return option(name)
        .orElseThrow(() -> new IllegalArgumentException("no option " + name + " is declared"))
        .names()
        .getFirst();
  }

  private List<String> keys(String... names) {
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      keys.add(key(name));
    }
    return keys;
  }
}
