package emblema.depot.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Starts the depot and waits for the signal to stop. */
final class DepotdCommand implements Command {

  @Override
  public Syntax syntax() {
    return DepotdSyntax.make();
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Path repository =
        arguments
            .value("-d")
            .or(() -> session.environment("PKG_REPO"))
            .map(session::resolve)
            .orElseThrow(
                () ->
                    new UsageException(
                        "at least one of the following options must be given: -d",
                        "name the repository with '-d DIR' or the variable PKG_REPO"));
    RunningDepot depot = new DepotStart(arguments, session, repository).start();
    session.whenCancelled(depot::stopProcess);
    session.err().line("pkg.depotd: " + depot.describe());
    session.console().flush();
    if (arguments.has("--exit-ready")) {
      depot.close();
      return 0;
    }
    waitForever();
    return 0;
  }

  /** The signal ends the process; see {@link RunningDepot#stopProcess}. */
  private static void waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
