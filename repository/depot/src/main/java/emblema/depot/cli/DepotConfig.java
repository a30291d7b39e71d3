package emblema.depot.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkg.depot-config} (spec depot-protocol, section 14). */
public final class DepotConfig {
  private DepotConfig() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program(
            "pkg.depot-config", "write a web server's configuration that serves repositories")
        .only(DepotConfigCommand::new);
  }
}
