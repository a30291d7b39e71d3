package emblema.depot.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkg.depotd}: serves a repository over HTTP (spec depot-protocol). */
public final class Depotd {
  private Depotd() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkg.depotd", "serve a package repository over HTTP")
        .only(DepotdCommand::new);
  }
}
