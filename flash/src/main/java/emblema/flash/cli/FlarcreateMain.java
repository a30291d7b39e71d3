package emblema.flash.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code flarcreate}: another spelling of {@code flar create}. */
public final class FlarcreateMain {
  private FlarcreateMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("flarcreate", "make a Flash archive of a system").only(CreateCommand::new);
  }
}
