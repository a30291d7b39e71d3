package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.PartialException;
import emblema.core.fmri.FmriPattern;
import emblema.store.catalog.CatalogEntry;
import emblema.store.file.FileRepository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      Set<FmriPattern> matched = new HashSet<>();
      List<CatalogEntry> found = new ArrayList<>();
      for (String publisher : publishers.found()) {
        found.addAll(PackageChoice.choose(repository.catalog(publisher), patterns, matched));
      }
      PackageListing.print(
          found,
          publishers.found(),
          session.out(),
          arguments.value("-F", "default"),
          !arguments.has("-H"));
      report(patterns, matched, found.isEmpty());
      publishers.requireAll();
      return 0;
    }
  }

  private static void report(
      List<FmriPattern> patterns, Set<FmriPattern> matched, boolean nothing) {
    List<String> missing = new ArrayList<>();
    patterns.stream()
        .filter(pattern -> !matched.contains(pattern))
        .forEach(pattern -> missing.add("        " + pattern));
    if (!missing.isEmpty()) {
      String message = "the following pattern(s) did not match any packages:";
      String detail = String.join("\n", missing);
      throw nothing
          ? new NotFoundException(message, detail, List.of(), null)
          : new PartialException(message, detail, List.of(), null);
    }
  }
}
