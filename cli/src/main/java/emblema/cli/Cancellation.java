package emblema.cli;

/**
 * What happens when a signal or the system ends the process before its command has ended:
 * registered actions run (a history entry), and the status is 1 without a word (spec client-cli,
 * section 1.6). The command itself is cut off where it is, which journals are made for.
 */
final class Cancellation extends Thread {
  private final Session.Surroundings around;
  private volatile boolean ended;

  Cancellation(Session.Surroundings around) {
    super("cancellation");
    this.around = around;
  }

  /** From here on the process ends by itself, with its own status. */
  void commandEnded() {
    ended = true;
  }

  @Override
  public void run() {
    if (ended) {
      return;
    }
    for (Runnable action : around.whenCancelled()) {
      try {
        action.run();
      } catch (RuntimeException e) {
        // The process is ending: there is no one left to tell.
        continue;
      }
    }
    try {
      around.console().clearStatus();
    } catch (RuntimeException e) {
      // The terminal is gone too.
    }
    Runtime.getRuntime().halt(1);
  }
}
