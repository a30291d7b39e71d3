package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkglint}: finds mistakes in manifests (spec pkglint). */
public final class PkglintMain {
  private PkglintMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkglint", "find mistakes in manifests").only(LintCommand::new);
  }
}
