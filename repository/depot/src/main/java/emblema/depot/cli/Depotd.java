package emblema.depot.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command {@code pkg.depotd}: serves a repository over HTTP (spec depot-protocol). */
public final class Depotd {
  private Depotd() {}

  /** Kept, because loggers that nobody holds lose what they were told. */
  private static final Logger LIBRARY = Logger.getLogger("org.eclipse.jetty");

  public static void main(String[] args) {
    LIBRARY.setLevel(Level.SEVERE);
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkg.depotd", "serve a package repository over HTTP")
        .only(DepotdCommand::new);
  }
}
