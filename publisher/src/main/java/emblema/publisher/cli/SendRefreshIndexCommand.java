package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.store.http.HttpOrigin;
import emblema.store.origin.Origin;
import emblema.store.search.RepositorySearch;

/** {@code pkgsend refresh-index}: brings the search index in line with what is published. */
final class SendRefreshIndexCommand implements Command {
  @Override
  public Syntax syntax() {
    return SendTarget.addTo(Syntax.of("bring the search index of the repository up to date"));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    SendTarget target = SendTarget.of(arguments, session);
    if (target.isRemote()) {
      try (Origin depot = target.repositories().open(target.address(), target.access())) {
        if (depot instanceof HttpOrigin http) {
          http.administrate("", "refresh-indexes");
        }
        return 0;
      }
    }
    try (var repository = target.repositories().directory(target.address(), session.events());
        RepositorySearch search =
            new RepositorySearch(repository, session.clock(), session.events())) {
      repository.publishers().forEach(search::refresh);
      return 0;
    }
  }
}
