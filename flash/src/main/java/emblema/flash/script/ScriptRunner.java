package emblema.flash.script;

import emblema.core.error.ConflictException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs the scripts of a directory (spec flash-scripts, 2.3): in the order of their names, by the
 * shell, in their directory, with nothing in the environment but what is given. What they print
 * becomes notes.
 */
public final class ScriptRunner {
  private static final int OWNER_EXECUTES = 0100;

  /** Lines of the log; what a script prints beyond them is only told, not kept. */
  private static final int LOGGED = 20_000;

  /** Lines of output that an error repeats. */
  private static final int LAST_LINES = 20;

  /** How long output is waited for after a script has ended: something it began may go on. */
  private static final Duration LAST_WORDS = Duration.ofMinutes(1);

  private final Map<String, String> environment;
  private final Optional<Duration> timeout;
  private final EventSink events;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  public ScriptRunner(
      Map<String, String> environment, Optional<Duration> timeout, EventSink events) {
    this.environment = Map.copyOf(environment);
    this.timeout = timeout;
    this.events = events;
  }

  /** Names of what would be run, in order; none if there is no such directory. */
  public static List<String> scripts(Disk disk, SafePath directory) {
    if (disk.stat(directory).filter(Stat::isDirectory).isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (Disk.Entry entry : disk.entries(directory)) {
      if (runs(entry.stat())) {
        names.add(entry.name());
      }
    }
    return names;
  }

  private static boolean runs(Stat stat) {
    return stat.isLink() || (stat.isFile() && (stat.mode() & OWNER_EXECUTES) != 0);
  }

  /** Runs all scripts of a directory until one fails. */
  public List<Script> runAll(Disk disk, SafePath directory, String phase) {
    List<Script> done = new ArrayList<>();
    for (String name : scripts(disk, directory)) {
      run(disk.root().resolve(directory.text()), new Script(phase, name));
      done.add(new Script(phase, name));
    }
    return done;
  }

  /** Runs one file if it is there and executable. */
  public List<Script> runStep(Disk disk, SafePath directory, String phase, String name) {
    if (disk.stat(directory.resolve(name)).filter(ScriptRunner::runs).isEmpty()) {
      return List.of();
    }
    Script script = new Script(phase, name);
    run(disk.root().resolve(directory.text()), script);
    return List.of(script);
  }

  public void run(Path directory, Script script, String... arguments) {
    note("running " + script);
    // A file without #! is a script of the shell: only a shell's exec takes it.
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "cd \"$0\" && exec ./\"$@\""));
    command.add(directory.toString());
    command.add(script.name());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Thread output = Thread.ofVirtual().start(() -> tell(process, script));
      boolean ended = await(process);
      output.join(LAST_WORDS);
      if (!ended) {
        throw failure(script, "it took longer than " + timeout.orElseThrow().toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw failure(script, "exit status " + process.exitValue());
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot run " + script, Objects.toString(e.getMessage(), null), List.of(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(script, "interrupted");
    }
  }

  private boolean await(Process process) throws InterruptedException {
    try {
      if (timeout.isEmpty()) {
        process.waitFor();
        return true;
      }
      return process.waitFor(timeout.get().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private void tell(Process process, Script script) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(line -> note(script + ": " + line));
    } catch (IOException | java.io.UncheckedIOException e) {
      events.emit(new Event.Warning("cannot read what " + script + " prints"));
    }
  }

  private void note(String line) {
    if (log.size() < LOGGED) {
      log.add(line);
    }
    events.emit(new Event.Note(line));
  }

  /** What was run and what it printed, a line each. */
  public List<String> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  private ConflictException failure(Script script, String why) {
    List<String> lines = log();
    String last =
        String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    return new ConflictException(
        "Error while processing custom script - " + script + ": " + why,
        last,
        List.of("the scripts after it were not run"),
        null);
  }
}
