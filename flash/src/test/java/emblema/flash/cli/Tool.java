package emblema.flash.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Tools of others, run on our archives and to make theirs. */
record Tool(int status, String out) {
  /** Skips the test where a tool is missing. */
  static void need(String... names) {
    for (String name : names) {
      boolean isThere =
          List.of("/bin", "/usr/bin", "/usr/sbin", "/sbin").stream()
              .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
      Assumptions.assumeTrue(isThere, name + " is not installed");
    }
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** A line of the shell; what it prints, errors too, must not be more than a pipe holds. */
  static Tool sh(Path directory, String line) {
    try {
      Process process =
          new ProcessBuilder("/bin/sh", "-c", line)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Tool(process.waitFor(), out);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(line, e);
    }
  }

  /** Like {@link #sh}, and must succeed. */
  static String ok(Path directory, String line) {
    Tool run = sh(directory, line);
    if (run.status != 0) {
      throw new AssertionError(line + " ended with " + run.status + ":\n" + run.out);
    }
    return run.out;
  }
}
