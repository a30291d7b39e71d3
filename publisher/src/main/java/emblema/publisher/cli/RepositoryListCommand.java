package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.fmri.FmriPattern;
import emblema.store.catalog.CatalogEntry;
import emblema.store.origin.Origin;
import java.util.ArrayList;
import java.util.List;

/** {@code pkgrepo list}: the packages of a repository, newest first. */
final class RepositoryListCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.listing(Syntax.of("list the packages of a repository"))
        .operands("pattern", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    List<FmriPattern> patterns = arguments.operands().stream().map(FmriPattern::parse).toList();
    try (Origin repository = RepositoryChoice.origin(arguments, session)) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      UnmatchedPatterns unmatched = new UnmatchedPatterns(patterns);
      List<CatalogEntry> found = new ArrayList<>();
      for (String publisher : publishers.found()) {
        found.addAll(
            PackageChoice.choose(repository.catalog(publisher), patterns, unmatched.matched()));
      }
      PackageListing.print(
          found,
          publishers.found(),
          session.out(),
          arguments.value("-F", "default"),
          !arguments.has("-H"));
      unmatched.report();
      publishers.requireAll();
      return 0;
    }
  }
}
