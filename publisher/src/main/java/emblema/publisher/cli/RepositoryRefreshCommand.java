package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.store.file.FileRepository;
import emblema.store.http.HttpOrigin;
import emblema.store.origin.Origin;
import emblema.store.search.RepositorySearch;
import java.util.List;

/**
 * {@code pkgrepo refresh} and {@code rebuild}: catalogs and search indexes brought in line with the
 * manifests.
 */
final class RepositoryRefreshCommand implements Command {
  private final boolean anew;

  /**
   * @param anew whether the catalogs are made again from nothing
   */
  RepositoryRefreshCommand(boolean anew) {
    this.anew = anew;
  }

  @Override
  public Syntax syntax() {
    String summary =
        anew
            ? "make the catalogs and search indexes of a repository again from its manifests"
            : "add packages that were published without catalog, and bring search indexes up to"
                + " date";
    return RepositoryChoice.remote(RepositoryChoice.publishers(Syntax.of(summary)))
        .flag("--no-catalog", "leave the catalog as it is")
        .flag("--no-index", "leave the search index as it is");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    boolean catalog = !arguments.has("--no-catalog");
    boolean index = !arguments.has("--no-index");
    try (Origin origin = RepositoryChoice.origin(arguments, session)) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, origin).requireAny();
      session.out().line("Initiating repository " + (anew ? "rebuild." : "refresh."));
      switch (origin) {
        case FileRepository repository -> {
          if (catalog) {
            catalog(publishers.found(), repository, session);
          }
          if (index) {
            index(publishers.found(), repository, session);
          }
        }
        case HttpOrigin depot -> {
          if (catalog || index) {
            String what = catalog && index ? "" : catalog ? "-packages" : "-indexes";
            String command = (anew ? "rebuild" : "refresh") + what;
            publishers.found().forEach(publisher -> depot.administrate(publisher, command));
          }
        }
        default ->
            throw new UsageException("the repository '" + origin.location() + "' cannot change");
      }
      publishers.requireAll();
      return 0;
    }
  }

  private void catalog(List<String> publishers, FileRepository repository, Session session) {
    for (String publisher : publishers) {
      if (anew) {
        repository.rebuildCatalog(publisher, session.clock(), session.events());
      } else {
        repository.refreshCatalog(publisher, session.clock(), session.events());
      }
    }
  }

  private void index(List<String> publishers, FileRepository repository, Session session) {
    try (RepositorySearch search =
        new RepositorySearch(repository, session.clock(), session.events())) {
      for (String publisher : publishers) {
        if (anew) {
          search.rebuild(publisher);
        } else {
          search.refresh(publisher);
        }
      }
    }
  }
}
