package emblema.bootenv.cli;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import java.util.Locale;

/** {@code beadm destroy}. */
final class DestroyCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("remove an environment")
        .flag("-f", "unmount it first if it is mounted")
        .flag("-F", "do not ask")
        .operand("name");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String name = arguments.operand(0);
    try (DirectoryEnvironments environments = Roots.open(session)) {
      if (!arguments.has("-F") && !isConfirmed(name, session)) {
        session.err().line("'" + name + "' has not been destroyed");
        return 1;
      }
      environments.destroy(name, arguments.has("-f"));
    }
    session.out().line("Destroyed successfully");
    return 0;
  }

  private static boolean isConfirmed(String name, Session session) {
    return session
        .console()
        .ask(
            "Are you sure you want to destroy '"
                + name
                + "'? This action cannot be undone (y/[n]): ")
        .map(answer -> answer.toLowerCase(Locale.ROOT))
        .filter(answer -> answer.equals("y") || answer.equals("yes"))
        .isPresent();
  }
}
