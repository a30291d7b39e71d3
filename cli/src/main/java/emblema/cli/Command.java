package emblema.cli;

/**
 * One subcommand: turns options into a request, makes one library call and renders the result.
 * Standard output is data; standard error is progress, warnings and errors.
 */
public interface Command {

  /** What may follow the subcommand's name. */
  Syntax syntax();

  /**
   * Runs with arguments that already follow the syntax.
   *
   * @return the exit status; failures are thrown as {@code EmblemaException} instead
   */
  int run(Arguments arguments, Session session);
}
