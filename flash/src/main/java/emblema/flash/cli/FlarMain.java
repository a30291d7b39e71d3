package emblema.flash.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code flar}: Flash archives (spec flar-cli). */
public final class FlarMain {
  private FlarMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("flar", "make, read, change and deploy Flash archives")
        .command("create", CreateCommand::new)
        .command("diff", DiffCommand::new)
        .command("info", InfoCommand::new)
        .command("split", SplitCommand::new)
        .command("combine", CombineCommand::new)
        .command("deploy", DeployCommand::new)
        .alias("-i", "info")
        .alias("-s", "split")
        .alias("-c", "combine");
  }
}
