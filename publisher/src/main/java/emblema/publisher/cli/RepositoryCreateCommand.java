package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.store.file.FileRepository;
import java.nio.file.Path;
import java.util.List;

/** {@code pkgrepo create}: a new, empty repository. */
final class RepositoryCreateCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.repository(Syntax.of("make a new repository"))
        .choice("--version", "version", List.of("3", "4"), "of the repository's format")
        .operands("repository", 0, 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    if (arguments.operands().isEmpty() == arguments.value("-s").isEmpty()
        && session.globals().value("-s").isEmpty()) {
      throw new UsageException("one repository path must be given");
    }
    Path path =
        arguments.operands().isEmpty()
            ? RepositoryChoice.path(arguments, session)
            : RepositoryChoice.path(arguments.operand(0), session);
    FileRepository.create(path, Integer.parseInt(arguments.value("--version", "4"))).close();
    return 0;
  }
}
