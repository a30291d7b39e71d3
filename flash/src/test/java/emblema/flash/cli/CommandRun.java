package emblema.flash.cli;

import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Program;
import emblema.cli.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** One run of a command within the test: status and output. */
public record CommandRun(int status, String out, String err) {
  static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.123456Z"), ZoneOffset.UTC);

  public static CommandRun of(Program program, Path directory, String... arguments) {
    return of(program, directory, Map.of(), arguments);
  }

  static CommandRun of(
      Program program, Path directory, Map<String, String> environment, String... arguments) {
    return of(program, directory, environment, "", arguments);
  }

  static CommandRun withInput(Program program, Path directory, String input, String... arguments) {
    return of(program, directory, Map.of(), input, arguments);
  }

  private static CommandRun of(
      Program program,
      Path directory,
      Map<String, String> environment,
      String input,
      String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new Output("standard output", out, false, 80, false),
            new Output("standard error", err, false, 80, false),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    int status =
        Launcher.run(
            program,
            List.of(arguments),
            new Session.Surroundings(console, environment, directory, CLOCK));
    console.flush();
    return new CommandRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
