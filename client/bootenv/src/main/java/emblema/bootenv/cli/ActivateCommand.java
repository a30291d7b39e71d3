package emblema.bootenv.cli;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;

/** {@code beadm activate}. */
final class ActivateCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("make an environment the one of the next boot").operand("name");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String name = arguments.operand(0);
    try (DirectoryEnvironments environments = Roots.open(session)) {
      environments.activate(name);
      environments.updateBootArtifacts(name);
    }
    session.out().line("Activated successfully");
    return 0;
  }
}
