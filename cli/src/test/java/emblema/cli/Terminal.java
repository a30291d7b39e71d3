package emblema.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Streams in memory. */
final class Terminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console;

  Terminal() {
    this(false);
  }

  Terminal(boolean real) {
    console =
        new Console(
            new Output("standard output", out, real, 80, real),
            new Output("standard error", err, real, 80, real));
  }

  Console console() {
    return console;
  }

  Session.Surroundings surroundings(Map<String, String> environment) {
    return new Session.Surroundings(
        console,
        environment,
        Path.of("/start"),
        Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
  }

  String out() {
    console.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    console.flush();
    return err.toString(StandardCharsets.UTF_8);
  }
}
