package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;

/** The command {@code pkgmaster}: publishes master trees and their updates. */
public final class PkgmasterMain {
  private PkgmasterMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgmaster", "publish master images and their updates as packages")
        .group("Look")
        .command("scan", ScanCommand::new)
        .command("diff", DiffCommand::new)
        .command("ledger", LedgerCommand::new)
        .group("Plan and publish")
        .command("baseline", BaselineCommand::new)
        .command("plan", PlanCommand::new)
        .command("explain", ExplainCommand::new)
        .command("prove", ProveCommand::new)
        .command("publish", PublishCommand::new);
  }
}
