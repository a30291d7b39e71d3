package emblema.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A program: its name, options before the subcommand, and its subcommands, which are made only when
 * asked for because start-up time counts.
 *
 * <p>By convention the class that holds it is named like the program, in the module's {@code cli}
 * package ({@code emblema.image.cli.Pkg}, {@code emblema.publisher.cli.PkgmasterMain}), and has
 * these two:
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *   Launcher.main(program(), args);
 * }
 *
 * public static Program program() {
 *   return new Program("pkg", "install and update packages")
 *       .globals(Syntax.of("").value("-R", "dir", "the image's root"))
 *       .command("install", InstallCommand::new)
 *       .alias("image-update", "update");
 * }
 * }</pre>
 */
public final class Program {
  private final String name;
  private final String summary;
  private final Map<String, Supplier<Command>> commands = new LinkedHashMap<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<String, List<String>> groups = new LinkedHashMap<>();
  private String group = "";
  private Syntax globals = Syntax.of("");
  private String zeroOnNothing = "";
  private String whenNone = "";
  private @Nullable Supplier<Command> only;
  private final List<Syntax.Section> sections = new ArrayList<>();

  /**
   * @param summary one line without a full stop
   */
  public Program(String name, String summary) {
    this.name = name;
    this.summary = summary;
  }

  /** Options that precede the subcommand. */
  public Program globals(Syntax options) {
    globals = options;
    return this;
  }

  /** The commands added from here on are listed together under this heading. */
  public Program group(String heading) {
    group = heading;
    return this;
  }

  public Program command(String command, Supplier<Command> maker) {
    commands.put(command, maker);
    groups.computeIfAbsent(group, key -> new ArrayList<>()).add(command);
    return this;
  }

  /** The command that runs when none is typed; without one that is a usage error. */
  public Program whenNone(String command) {
    whenNone = command;
    return this;
  }

  /** The program has no subcommands: it is this command. */
  public Program only(Supplier<Command> maker) {
    only = maker;
    return this;
  }

  /** Another name for a command; not listed. */
  public Program alias(String alias, String command) {
    aliases.put(alias, command);
    return this;
  }

  /** An environment variable that, when not empty, turns exit status 4 (nothing to do) into 0. */
  public Program zeroOnNothing(String variable) {
    zeroOnNothing = variable;
    return this;
  }

  /** Adds a passage to the program's manual page. */
  public Program section(String title, String text) {
    sections.add(new Syntax.Section(title, text.strip()));
    return this;
  }

  public String name() {
    return name;
  }

  public String summary() {
    return summary;
  }

  /** Options before the subcommand; of a program without subcommands, all it takes. */
  public Syntax globals() {
    return only == null ? globals : only.get().syntax();
  }

  public List<Syntax.Section> sections() {
    return List.copyOf(sections);
  }

  /** Names of the commands in the order added. */
  public List<String> commands() {
    return List.copyOf(commands.keySet());
  }

  @Nullable Supplier<Command> only() {
    return only;
  }

  Map<String, List<String>> groups() {
    return groups;
  }

  String whenNone() {
    return whenNone;
  }

  String zeroOnNothing() {
    return zeroOnNothing;
  }

  /** The command's listed name, which differs from the one typed for an alias. */
  Optional<String> resolve(String typed) {
    String command = aliases.getOrDefault(typed, typed);
    return commands.containsKey(command) ? Optional.of(command) : Optional.empty();
  }

  /** Makes the command. */
  public Command make(String command) {
    Supplier<Command> maker = commands.get(command);
    if (maker == null) {
      throw new IllegalArgumentException("no command " + command);
    }
    return maker.get();
  }
}
