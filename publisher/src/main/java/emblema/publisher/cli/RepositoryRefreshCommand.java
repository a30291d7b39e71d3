package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.store.file.FileRepository;
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
    return RepositoryChoice.publishers(Syntax.of(summary))
        .flag("--no-catalog", "leave the catalog as it is")
        .flag("--no-index", "leave the search index as it is");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      session.out().line("Initiating repository " + (anew ? "rebuild." : "refresh."));
      if (!arguments.has("--no-catalog")) {
        for (String publisher : publishers.found()) {
          if (anew) {
            repository.rebuildCatalog(publisher, session.clock(), session.events());
          } else {
            repository.refreshCatalog(publisher, session.clock(), session.events());
          }
        }
      }
      if (!arguments.has("--no-index")) {
        index(publishers.found(), repository, session);
      }
      publishers.requireAll();
      return 0;
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
