package emblema.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name, as locks and staging directories mention it. */
final class HostName {
  /** From the kernel: asking the resolver can take seconds. */
  static final String VALUE = read();

  private HostName() {}

  private static String read() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return name.isEmpty() ? "localhost" : name;
    } catch (IOException e) {
      return "localhost";
    }
  }
}
