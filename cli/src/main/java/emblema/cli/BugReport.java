package emblema.cli;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file that a bug leaves behind, readable by its owner alone. */
final class BugReport {
  private final Map<String, String> environment;

  BugReport(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Writes the report into TMPDIR, or /tmp.
   *
   * @return its path, or nothing if it could not be written
   */
  Optional<Path> write(List<String> commandLine, Throwable bug) {
    String where = environment.getOrDefault("TMPDIR", "");
    Path directory = Path.of(where.isEmpty() ? "/tmp" : where);
    String name =
        "emblema-report-%s-%d.txt".formatted(commandLine.getFirst(), ProcessHandle.current().pid());
    try (Disk disk = RealDisk.open(directory)) {
      for (int attempt = 0; attempt < 100; attempt++) {
        SafePath file = SafePath.of(attempt == 0 ? name : name + "." + attempt);
        if (disk.stat(file).isEmpty()) {
          try (OutputStream out = disk.create(file, 0600)) {
            out.write(text(commandLine, bug).getBytes(StandardCharsets.UTF_8));
          }
          return Optional.of(directory.resolve(file.text()));
        }
      }
      return Optional.empty();
    } catch (IOException | EmblemaException e) {
      return Optional.empty();
    }
  }

  private static String text(List<String> commandLine, Throwable bug) {
    StringWriter trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    return "command: "
        + String.join(" ", commandLine)
        + "\njava: "
        + Runtime.version()
        + "\nsystem: "
        + System.getProperty("os.name", "?")
        + " "
        + System.getProperty("os.version", "?")
        + " "
        + System.getProperty("os.arch", "?")
        + "\n\n"
        + trace;
  }
}
