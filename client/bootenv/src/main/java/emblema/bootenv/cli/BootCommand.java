package emblema.bootenv.cli;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;

/** {@code beadm boot}. */
final class BootCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("note that the environment active on the next boot runs now")
        .section(
            "Description",
            """
            Directory environments have no boot loader. Whatever starts them runs this command first: \
            it makes the environment that is active on the next boot the one that is active now, and \
            prints the directory of its root.
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (DirectoryEnvironments environments = Roots.open(session)) {
      session.out().line(environments.boot().root().toString());
    }
    return 0;
  }
}
