package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkgmerge}: packages for several variants from one of each (spec pkgmerge). */
public final class PkgmergeMain {
  private PkgmergeMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgmerge", "merge repositories into packages for several variants")
        .only(MergeCommand::new);
  }
}
