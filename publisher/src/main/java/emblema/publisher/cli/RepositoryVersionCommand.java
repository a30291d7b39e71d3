package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;

/** {@code pkgrepo version}: which version of the program this is. */
final class RepositoryVersionCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("print the version of this program");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    session.out().line(PkgrepoMain.VERSION);
    return 0;
  }
}
