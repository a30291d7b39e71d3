package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkgfmt}: lays manifests out (spec pkgfmt). */
public final class PkgfmtMain {
  private PkgfmtMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgfmt", "lay manifests out").only(FormatCommand::new);
  }
}
