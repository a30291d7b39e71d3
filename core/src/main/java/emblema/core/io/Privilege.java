package emblema.core.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process may do. */
final class Privilege {
  private static final int CHOWN = 1;

  private Privilege() {}

  /** Whether it holds CAP_CHOWN; without {@code /proc}, whether it is root. */
  static boolean mayGiveFilesAway() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("CapEff:")) {
          long set = Long.parseUnsignedLong(line.substring(7).strip(), 16);
          return (set & CHOWN) != 0;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux, or no /proc: fall through.
    }
    return System.getProperty("user.name", "").equals("root");
  }
}
