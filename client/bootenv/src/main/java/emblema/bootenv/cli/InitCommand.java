package emblema.bootenv.cli;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.io.Disk;
import java.nio.file.Path;

/** {@code beadm init}. */
final class InitCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("make an environment root with one empty environment")
        .operand("name")
        .section(
            "Description",
            """
            The root is an existing directory: the one that 'beadm -r' names, or else the variable \
            EMBLEMA_BE_ROOT, or else the current directory. The new environment is active now and on \
            the next boot; the directory of its root is printed.
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String name = arguments.operand(0);
    Path root = Roots.named(session).orElse(session.directory());
    try (Disk disk = DirectoryEnvironments.disk(root);
        DirectoryEnvironments environments =
            DirectoryEnvironments.create(disk, name, Roots.setting(session))) {
      environments
          .find(name)
          .ifPresent(environment -> session.out().line(environment.root().toString()));
    }
    return 0;
  }
}
