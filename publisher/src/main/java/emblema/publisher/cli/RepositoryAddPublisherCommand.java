package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.ConflictException;
import emblema.core.error.PartialException;
import emblema.core.fmri.PublisherPrefix;
import emblema.store.file.FileRepository;
import java.util.ArrayList;
import java.util.List;

/** {@code pkgrepo add-publisher}: the first publisher becomes the default. */
final class RepositoryAddPublisherCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.repository(Syntax.of("add publishers to a repository"))
        .operands("publisher", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    arguments.operands().forEach(PublisherPrefix::require);
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      List<String> existing = new ArrayList<>(arguments.operands());
      existing.retainAll(repository.publishers());
      List<String> missing = new ArrayList<>(arguments.operands());
      missing.removeAll(existing);
      missing.forEach(prefix -> repository.addPublisher(prefix, session.clock()));
      if (!existing.isEmpty()) {
        String message = "specified publisher(s) already exist: " + String.join(", ", existing);
        throw missing.isEmpty() ? new ConflictException(message) : new PartialException(message);
      }
      return 0;
    }
  }
}
