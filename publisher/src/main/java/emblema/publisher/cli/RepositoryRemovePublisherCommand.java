package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.store.file.FileRepository;
import java.util.ArrayList;
import java.util.List;

/** {@code pkgrepo remove-publisher}: publishers with all their packages. */
final class RepositoryRemovePublisherCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.repository(
            Syntax.of("remove publishers and all their packages from a repository"))
        .flag("-n", "only say what would be removed")
        .flag("--synchronous", "accepted: files are always deleted before the command ends")
        .operands("publisher", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    List<String> wanted = arguments.operands().stream().distinct().toList();
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      List<String> missing = new ArrayList<>(wanted);
      missing.removeAll(repository.publishers());
      if (!missing.isEmpty()) {
        throw new NotFoundException(
            "the following publisher(s) could not be found: " + String.join(", ", missing));
      }
      session.out().line("Removing publisher(s)");
      for (String publisher : wanted) {
        long packages = repository.catalogAttributes(publisher).packageCount();
        session.out().line("'" + publisher + "'\t(" + packages + " package(s))");
      }
      if (!arguments.has("-n")) {
        repository.removePublishers(wanted, session.clock());
      }
      return 0;
    }
  }
}
