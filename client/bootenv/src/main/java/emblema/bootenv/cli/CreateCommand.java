package emblema.bootenv.cli;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.BootEnvironments;
import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;

/** {@code beadm create}. */
final class CreateCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("clone an environment")
        .flag("-a", "activate the new environment")
        .value("-d", "description", "one line about it")
        .value("-e", "name", "what to clone, in place of the environment that is active now")
        .operand("new-name");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String name = arguments.operand(0);
    try (DirectoryEnvironments environments = Roots.open(session)) {
      String source = arguments.value("-e").orElseGet(() -> current(environments));
      environments.clone(
          new BootEnvironments.Clone(
              source, name, arguments.value("-d", ""), BootEnvironments.USUALLY_EDITABLE),
          session.events());
      session.out().line("Created successfully");
      if (arguments.has("-a")) {
        environments.activate(name);
        session.out().line("Activated successfully");
      }
    }
    return 0;
  }

  private static String current(BootEnvironments environments) {
    return environments
        .current()
        .map(BootEnvironment::name)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "no boot environment is active now", "name one to clone with -e"));
  }
}
