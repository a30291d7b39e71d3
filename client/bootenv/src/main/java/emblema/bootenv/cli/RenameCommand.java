package emblema.bootenv.cli;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;

/** {@code beadm rename}. */
final class RenameCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("give an environment another name").operand("name").operand("new-name");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (DirectoryEnvironments environments = Roots.open(session)) {
      environments.rename(arguments.operand(0), arguments.operand(1));
    }
    session.out().line("Renamed successfully");
    return 0;
  }
}
