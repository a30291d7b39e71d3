package emblema.image.service;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs the commands that manage services. They are looked for in given directories only, never on
 * the path of whoever runs the client. One that fails is a warning: the packages are what matters.
 */
public final class ServiceCommands {
  /** Where the commands are on a system. */
  public static final List<Path> SYSTEM =
      List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin"));

  /** For those who do not want to wait: longer than any command that only asks for something. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration HEARING = Duration.ofMinutes(1);
  private static final int MOST_OUTPUT = 1 << 16;

  private final List<Path> directories;
  private final boolean waits;
  private final Optional<Duration> limit;
  private final EventSink events;
  private final List<String> late = new ArrayList<>();

  /**
   * @param waits whether commands return when the services have done what they say
   * @param limit for each command; without one it may take for ever if it waits
   */
  public ServiceCommands(
      List<Path> directories, boolean waits, Optional<Duration> limit, EventSink events) {
    this.directories = List.copyOf(directories);
    this.waits = waits;
    this.limit = waits ? limit : Optional.of(PATIENCE);
    this.events = events;
  }

  boolean waits() {
    return waits;
  }

  /** The commands that took longer than they may; they were stopped. */
  List<String> late() {
    return List.copyOf(late);
  }

  boolean has(String program) {
    return find(program).isPresent();
  }

  private Optional<Path> find(String program) {
    return directories.stream()
        .map(directory -> directory.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private record Outcome(int status, String output) {}

  /** The lines of a command that only looks; none if it fails. */
  List<String> lines(String... words) {
    Outcome outcome = execute(List.of(words));
    return outcome.status() == 0 ? outcome.output().lines().toList() : List.of();
  }

  boolean succeeds(String... words) {
    return execute(List.of(words)).status() == 0;
  }

  void run(List<String> words) {
    Outcome outcome = execute(words);
    if (outcome.status() != 0) {
      String said = outcome.output().strip();
      events.emit(
          new Event.Warning(
              "'" + String.join(" ", words) + "' failed" + (said.isEmpty() ? "" : ": " + said)));
    }
  }

  private Outcome execute(List<String> words) {
    List<String> command = new ArrayList<>(words);
    command.set(0, find(words.getFirst()).map(Path::toString).orElse(words.getFirst()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(Path.of("/dev/null").toFile());
    try {
      Process process = builder.start();
      StringBuilder output = new StringBuilder();
      Thread reader = Thread.ofVirtual().start(() -> read(process, output));
      boolean done = true;
      if (limit.isPresent()) {
        done = process.waitFor(limit.get().toMillis(), TimeUnit.MILLISECONDS);
      } else {
        process.waitFor();
      }
      if (!done) {
        late.add(String.join(" ", words));
        process.destroyForcibly().waitFor();
        return new Outcome(-1, "it did not end in time");
      }
      boolean heard = reader.join(HEARING); // A daemon may have kept its output open.
      return new Outcome(process.exitValue(), heard ? output.toString() : "");
    } catch (IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(-1, "interrupted");
    }
  }

  private static void read(Process process, StringBuilder into) {
    try (InputStream in = process.getInputStream()) {
      into.append(new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      into.append(e.getMessage());
    }
  }
}
