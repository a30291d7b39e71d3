package emblema.bootenv.cli;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.bootenv.directory.DirectoryEnvironments.Setting;
import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Finds and opens the environment root that a command line means; for other programs too. */
public final class Roots {
  private static final String VARIABLE = "EMBLEMA_BE_ROOT";

  private Roots() {}

  static DirectoryEnvironments open(Session session) {
    return open(session, session.globals().value("-r"), "name it with 'beadm -r DIR …'");
  }

  /**
   * Opens an environment root.
   *
   * @param option what the program's own option names, before the variable and the current
   *     directory
   * @param hint how to name it
   */
  public static DirectoryEnvironments open(Session session, Optional<String> option, String hint) {
    Path root =
        named(session, option)
            .or(() -> DirectoryEnvironments.rootAbove(session.directory()))
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "no environment root at or above '" + session.directory() + "'",
                        hint + " or the variable " + VARIABLE,
                        "'beadm -r DIR init NAME' makes a new one"));
    return DirectoryEnvironments.open(root, setting(session));
  }

  /** The root that the option or the variable names. */
  static Optional<Path> named(Session session) {
    return named(session, session.globals().value("-r"));
  }

  private static Optional<Path> named(Session session, Optional<String> option) {
    return option.or(() -> session.environment(VARIABLE)).map(session::resolve);
  }

  static Setting setting(Session session) {
    return new Setting(
        session.clock(),
        () -> UUID.randomUUID().toString(),
        FileLock.Owner.of(session.program(), hostName(session)),
        Durability.FULL);
  }

  private static String hostName(Session session) {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return session.environment("HOSTNAME").orElse("localhost");
    }
  }
}
