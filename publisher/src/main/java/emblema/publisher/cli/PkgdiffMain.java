package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkgdiff}: shows what two manifests differ in (spec pkgdiff). */
public final class PkgdiffMain {
  private PkgdiffMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgdiff", "show what two manifests differ in")
        .only(ManifestDiffCommand::new);
  }
}
