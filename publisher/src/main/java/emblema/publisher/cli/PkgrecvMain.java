package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkgrecv}: packages from one repository to another (spec pkgrecv). */
public final class PkgrecvMain {
  private PkgrecvMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgrecv", "receive packages from a repository").only(ReceiveCommand::new);
  }
}
