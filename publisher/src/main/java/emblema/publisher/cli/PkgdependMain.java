package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkgdepend}: finds what packages need (spec pkgdepend). */
public final class PkgdependMain {
  private PkgdependMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgdepend", "find what packages need")
        .command("generate", DependGenerateCommand::new)
        .command("resolve", DependResolveCommand::new);
  }
}
