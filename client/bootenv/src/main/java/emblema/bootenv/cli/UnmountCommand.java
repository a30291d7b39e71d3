package emblema.bootenv.cli;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import java.nio.file.Path;

/** {@code beadm unmount}. */
final class UnmountCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("undo a mount")
        .flag("-f", "accepted for compatibility; nothing is forced")
        .operand("name|directory");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String what = arguments.operand(0);
    Path directory = session.resolve(what);
    try (DirectoryEnvironments environments = Roots.open(session)) {
      String name =
          environments.list().stream()
              .filter(e -> e.mountPoint().filter(directory::equals).isPresent())
              .map(BootEnvironment::name)
              .findFirst()
              .orElse(what);
      environments.unmount(name);
    }
    session.out().line("Unmounted successfully");
    return 0;
  }
}
