package emblema.cli;

import emblema.core.error.EmblemaException;
import emblema.core.error.UsageException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a program: finds the subcommand, reads its options, and turns whatever happens into output
 * and an exit status (spec client-cli, sections 1 and 2).
 */
public final class Launcher {
  /** A bug. */
  public static final int BUG = 99;

  private static final int USAGE = 2;
  private static final int NOTHING_TO_DO = 4;
  private static final int CANCELLED = 1;

  private final Program program;
  private final Session.Surroundings around;
  private final List<String> words;
  private final Usage usage;
  private String title;

  private Launcher(Program program, List<String> arguments, Session.Surroundings around) {
    this.program = program;
    this.around = around;
    this.title = program.name();
    this.usage = new Usage(program, around.console().err().width());
    this.words = new ArrayList<>();
    words.add(program.name());
    words.addAll(arguments);
  }

  /** Runs the program as this process and ends it. */
  public static void main(Program program, String... arguments) {
    Map<String, String> environment = System.getenv();
    Session.Surroundings around =
        new Session.Surroundings(
            Console.ofProcess(environment),
            environment,
            Path.of("").toAbsolutePath(),
            Clock.systemDefaultZone());
    Cancellation cancellation = new Cancellation(around);
    Runtime.getRuntime().addShutdownHook(cancellation);
    int status = run(program, List.of(arguments), around);
    cancellation.commandEnded();
    System.exit(status);
  }

  /** Runs the program within this process; what tests use. */
  public static int run(
      Program program, List<String> arguments, Session.Surroundings surroundings) {
    return new Launcher(program, arguments, surroundings).runToStatus(arguments);
  }

  private int runToStatus(List<String> arguments) {
    try {
      int status = runOrFail(arguments);
      around.console().flush();
      return nothingIsFine(status);
    } catch (Output.ReaderGone e) {
      return CANCELLED;
    }
  }

  private int runOrFail(List<String> arguments) {
    try {
      int status = dispatch(arguments);
      around.console().clearStatus();
      around.console().flush();
      return status;
    } catch (EmblemaException e) {
      around.console().err().text(ErrorPage.render(title, e));
      return e.exitCode();
    } catch (Output.ReaderGone e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return reportBug(e);
    }
  }

  private int nothingIsFine(int status) {
    String variable = program.zeroOnNothing();
    return status == NOTHING_TO_DO
            && !variable.isEmpty()
            && !around.environment().getOrDefault(variable, "").isEmpty()
        ? 0
        : status;
  }

  private int dispatch(List<String> arguments) {
    Supplier<Command> only = program.only();
    if (only != null) {
      return runOnly(only.get(), arguments);
    }
    Output err = around.console().err();
    Arguments globals;
    if (isHelp(arguments)) {
      err.text(usage.commands());
      return 0;
    }
    try {
      globals = ArgumentParser.parseLeading(program.globals(), arguments);
    } catch (UsageException e) {
      return usageError(e, usage.commands());
    }
    List<String> rest = globals.operands();
    if (rest.isEmpty() && !program.whenNone().isEmpty()) {
      return runCommand(program.whenNone(), List.of(), globals);
    }
    if (rest.isEmpty()) {
      return usageError(new UsageException("no subcommand specified"), usage.commands());
    }
    String typed = rest.getFirst();
    List<String> operands = rest.subList(1, rest.size());
    Optional<String> name = program.resolve(typed);
    if (name.isEmpty()) {
      return typed.equals("help") ? help(operands) : unknown(typed);
    }
    return runCommand(name.get(), operands, globals);
  }

  private int runOnly(Command command, List<String> arguments) {
    Syntax syntax = command.syntax();
    if (arguments.contains("--help") || arguments.contains("-?")) {
      around.console().err().text(usage.full("", syntax));
      return 0;
    }
    try {
      Arguments parsed = ArgumentParser.parse(syntax, arguments);
      return command.run(parsed, new Session(around, parsed, program.name(), title, words));
    } catch (UsageException e) {
      return usageError(e, usage.synopsis("", syntax));
    }
  }

  private int runCommand(String name, List<String> operands, Arguments globals) {
    title = program.name() + " " + name;
    Command command = program.make(name);
    Syntax syntax = command.syntax();
    if (operands.contains("--help") || operands.contains("-?")) {
      around.console().err().text(usage.full(name, syntax));
      return 0;
    }
    try {
      Arguments parsed = ArgumentParser.parse(syntax, operands);
      return command.run(parsed, new Session(around, globals, program.name(), title, words));
    } catch (UsageException e) {
      return usageError(e, usage.synopsis(name, syntax));
    }
  }

  private int usageError(UsageException error, String text) {
    around.console().err().text(ErrorPage.render(title, error) + "\n" + text);
    return USAGE;
  }

  private int unknown(String typed) {
    List<String> near = Suggestions.of(typed, program.commands());
    String hint = "'" + program.name() + " help' lists the subcommands";
    String message = "unknown subcommand '" + typed + "'";
    String detail = near.isEmpty() ? null : "Did you mean:\n    " + String.join("\n    ", near);
    UsageException error = new UsageException(message, detail, List.of(hint), null);
    around.console().err().text(ErrorPage.render(title, error));
    return USAGE;
  }

  private int help(List<String> operands) {
    Output err = around.console().err();
    if (operands.isEmpty()) {
      err.text(usage.commands());
      return 0;
    }
    if (operands.getFirst().equals("-v")) {
      err.text(usage.everything());
      return 0;
    }
    Optional<String> name = program.resolve(operands.getFirst());
    if (name.isEmpty()) {
      return unknown(operands.getFirst());
    }
    err.text(usage.full(name.get(), program.make(name.get()).syntax()));
    return 0;
  }

  private static boolean isHelp(List<String> arguments) {
    return !arguments.isEmpty()
        && (arguments.getFirst().equals("--help") || arguments.getFirst().equals("-?"));
  }

  private int reportBug(Throwable bug) {
    around.console().clearStatus();
    Output err = around.console().err();
    err.line(title + ": this is a bug in " + program.name() + ": " + bug);
    new BugReport(around.environment())
        .write(words, bug)
        .ifPresentOrElse(
            path -> err.line("the report is in '" + path + "'"), () -> bug.printStackTrace());
    return BUG;
  }
}
