package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkgmogrify}: changes manifests by rules (spec pkgmogrify). */
public final class PkgmogrifyMain {
  private PkgmogrifyMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgmogrify", "change manifests by rules").only(MogrifyCommand::new);
  }
}
