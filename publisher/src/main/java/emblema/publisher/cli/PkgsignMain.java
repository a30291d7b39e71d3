package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkgsign}: signs packages in a repository (spec pkgsign). */
public final class PkgsignMain {
  private PkgsignMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgsign", "sign packages in a repository").only(SignCommand::new);
  }
}
