package emblema.bootenv.cli;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import java.nio.file.Path;

/** {@code beadm mount}. */
final class MountCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("make an environment visible at an empty directory")
        .operand("name")
        .operand("directory");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (DirectoryEnvironments environments = Roots.open(session)) {
      Path directory =
          environments.mount(arguments.operand(0), session.resolve(arguments.operand(1)));
      session.out().line("Mounted successfully on: '" + directory + "'");
    }
    return 0;
  }
}
