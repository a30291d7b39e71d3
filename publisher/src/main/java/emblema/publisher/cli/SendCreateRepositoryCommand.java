package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.store.file.FileRepository;
import emblema.store.file.RepositoryConfiguration;
import java.util.List;

/** {@code pkgsend create-repository}: a repository of version 3, for one publisher. */
final class SendCreateRepositoryCommand implements Command {
  @Override
  public Syntax syntax() {
    return SendTarget.addTo(
            Syntax.of("make a repository of version 3; 'pkgrepo create' makes newer ones"))
        .list("--set-property", "section.property=value", "set a property of the repository");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (FileRepository repository =
        FileRepository.create(SendTarget.of(arguments, session).path(), 3)) {
      RepositoryConfiguration configuration = repository.configuration();
      for (String given : arguments.values("--set-property")) {
        int dot = given.indexOf('.');
        int equals = given.indexOf('=', dot + 1);
        if (dot < 1 || equals < dot + 2) {
          throw new UsageException(
              "'" + given + "' is not a property with a value", "write 'section.property=value'");
        }
        configuration =
            configuration.with(
                given.substring(0, dot),
                given.substring(dot + 1, equals),
                List.of(given.substring(equals + 1)));
      }
      repository.configure(configuration);
      return 0;
    }
  }
}
