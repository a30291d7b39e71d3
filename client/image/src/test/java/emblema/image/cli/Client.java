package emblema.image.cli;

import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Runs {@code pkg} within this process, in a directory of its own. */
final class Client {
  static final Instant NOW = Instant.parse("2026-11-20T21:30:00Z");

  private final Path directory;
  private final Map<String, String> environment;
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  Client(Path directory) {
    this(directory, Map.of());
  }

  Client(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** What one run did. */
  record Run(int status, String out, String err) {
    /** For goldens: everything, without what differs between runs. */
    String text(Path directory) {
      return ("=== rc " + status + "\n=== stdout\n" + out + "=== stderr\n" + err)
          .replace(directory.toString(), "/golden");
    }
  }

  Run run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new Output("standard output", out, false, 80, false),
            new Output("standard error", err, false, 80, false));
    int status =
        Launcher.run(
            Pkg.program(),
            List.of(arguments),
            new Session.Surroundings(console, environment, directory, clock));
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static void copy(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()), LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
