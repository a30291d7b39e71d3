package emblema.cli;

import emblema.core.event.EventSink;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What surrounds one run of a command; everything that would otherwise be ambient. */
public final class Session {
  private final Console console;
  private final Map<String, String> environment;
  private final Path directory;
  private final Clock clock;
  private final Arguments globals;
  private final String program;
  private final String title;
  private final List<String> words;
  private final List<Runnable> whenCancelled;

  Session(
      Surroundings around, Arguments globals, String program, String title, List<String> words) {
    this.console = around.console();
    this.environment = Map.copyOf(around.environment());
    this.directory = around.directory();
    this.clock = around.clock();
    this.globals = globals;
    this.program = program;
    this.title = title;
    this.words = List.copyOf(words);
    this.whenCancelled = around.whenCancelled();
  }

  /** What a process hands in; tests hand in their own. */
  public record Surroundings(
      Console console,
      Map<String, String> environment,
      Path directory,
      Clock clock,
      List<Runnable> whenCancelled) {
    public Surroundings(
        Console console, Map<String, String> environment, Path directory, Clock clock) {
      this(console, environment, directory, clock, new CopyOnWriteArrayList<>());
    }
  }

  /** For running another command within this one. */
  public Surroundings surroundings() {
    return new Surroundings(console, environment, directory, clock, whenCancelled);
  }

  public Console console() {
    return console;
  }

  /** Standard output. */
  public Output out() {
    return console.out();
  }

  /** Standard error. */
  public Output err() {
    return console.err();
  }

  public Map<String, String> environment() {
    return environment;
  }

  /** An environment variable that is set and not empty. */
  public Optional<String> environment(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
  }

  public Path directory() {
    return directory;
  }

  /** A path as typed, against the directory the program was started in. */
  public Path resolve(String path) {
    return directory.resolve(path).normalize();
  }

  public Clock clock() {
    return clock;
  }

  /** The options before the subcommand. */
  public Arguments globals() {
    return globals;
  }

  /** The program's name, {@code pkg}. */
  public String program() {
    return program;
  }

  /** What messages begin with: {@code pkg install}. */
  public String title() {
    return title;
  }

  /** The whole command line as typed, with the program's name, for histories. */
  public List<String> commandLine() {
    return words;
  }

  /** Progress on a terminal; otherwise only warnings. */
  public EventSink events() {
    return new Progress(console, title);
  }

  /** Only warnings, on any stream: what {@code -q} wants. */
  public EventSink quietEvents() {
    return new WarningsOnly(console, title);
  }

  /** Events as JSON lines on standard error, for programs that watch. */
  public EventSink jsonEvents() {
    return new JsonEvents(console.err());
  }

  /** Writes a warning to standard error. */
  public void warn(String text) {
    console.err().line(title + ": warning: " + text);
  }

  /** Runs when the user or the system stops the process early; must be short and never throw. */
  public void whenCancelled(Runnable action) {
    whenCancelled.add(action);
  }
}
