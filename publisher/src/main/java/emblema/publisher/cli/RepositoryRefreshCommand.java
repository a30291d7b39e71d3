package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.store.file.FileRepository;

/** {@code pkgrepo refresh} and {@code rebuild}: catalogs brought in line with the manifests. */
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
            ? "make the catalogs of a repository again from its manifests"
            : "add packages that were published without catalog";
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
      publishers.requireAll();
      return 0;
    }
  }
}
