package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;
import emblema.flash.cli.FlarMain;

/** The command {@code flar} as it is installed: with the subcommand that publishes. */
public final class FlarWithPackagesMain {
  private FlarWithPackagesMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return FlarMain.program().command("to-pkg", FlarToPackageCommand::new);
  }
}
