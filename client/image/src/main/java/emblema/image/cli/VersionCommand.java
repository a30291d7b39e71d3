package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;

/** Prints which version this is. */
final class VersionCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("print the version of this program");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    OpenImage.refuseRoot(session);
    session.out().line(Pkg.VERSION);
    return 0;
  }
}
