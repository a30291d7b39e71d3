package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.store.http.Access;
import emblema.store.origin.CatalogDifference;
import emblema.store.origin.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code pkgrepo diff}: which packages one of two repositories has and the other has not. */
final class RepositoryDiffCommand implements Command {
  private static final int DIFFERENT = 10;

  @Override
  public Syntax syntax() {
    return Syntax.of("compare the packages of two repositories, or two states of one")
        .list("-s", "repository", "given twice: a path, a file:// or an http:// address")
        .list("--key", "file", "private keys of the client; one serves both repositories")
        .list("--cert", "file", "certificates of the client; one serves both repositories")
        .list("-p", "publisher", "only this publisher; 'all' means every one")
        .flag("-v", "name the packages")
        .flag("-q", "print nothing; the status tells")
        .flag("--strict", "also compare when the catalogs changed last")
        .flag("--parsable", "print JSON")
        .value("--from", "state", "compare states of one repository, see 'pkgrepo log'; ours")
        .value("--to", "state", "the later state; the present one if it is left out")
        .needs("--to", "--from")
        .excludes("--from", "--strict")
        .excludes("--from", "--parsable")
        .excludes("-q", "-v")
        .excludes("-q", "--parsable")
        .section(
            "EXIT STATUS",
            "0 if there is no difference, 10 if there is one, 1 or 2 after an error.");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    List<String> addresses = new ArrayList<>(arguments.values("-s"));
    session.globals().value("-s").ifPresent(addresses::addFirst);
    if (arguments.has("--from")) {
      return StateListing.run(arguments, session, addresses);
    }
    if (addresses.size() != 2) {
      throw new UsageException("two repositories must be given, each with -s");
    }
    boolean strict = arguments.has("--strict");
    try (Origin first = open(arguments, session, addresses, 0);
        Origin second = open(arguments, session, addresses, 1)) {
      List<CatalogDifference> differences = new ArrayList<>();
      for (String publisher : publishers(arguments.values("-p"), first, second)) {
        CatalogDifference each = CatalogDifference.between(first, second, publisher);
        if (strict ? !each.isStrictlySame() : !each.isSame()) {
          differences.add(each);
        }
      }
      if (differences.isEmpty()) {
        return 0;
      }
      if (!arguments.has("-q")) {
        DifferenceListing listing =
            new DifferenceListing(addresses.get(0), addresses.get(1), differences, strict);
        boolean verbose = arguments.has("-v");
        if (arguments.has("--parsable")) {
          session.out().line(verbose ? listing.namesAsJson() : listing.countsAsJson());
        } else {
          session.out().text(verbose ? listing.names() : listing.counts());
        }
      }
      return DIFFERENT;
    }
  }

  private static Origin open(
      Arguments arguments, Session session, List<String> addresses, int index) {
    Access access =
        Access.of(
            nth(arguments, session, "--key", index), nth(arguments, session, "--cert", index));
    return RepositoryChoice.repositories(session).open(addresses.get(index), access);
  }

  private static Optional<Path> nth(
      Arguments arguments, Session session, String option, int index) {
    List<String> values = arguments.values(option);
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(session.resolve(values.get(Math.min(index, values.size() - 1))));
  }

  private static SortedSet<String> publishers(List<String> wanted, Origin first, Origin second) {
    SortedSet<String> all = new TreeSet<>(first.publishers());
    all.addAll(second.publishers());
    if (wanted.isEmpty() || wanted.contains("all")) {
      return all;
    }
    List<String> missing = new ArrayList<>(wanted);
    missing.removeIf(
        prefix -> first.publishers().contains(prefix) && second.publishers().contains(prefix));
    if (!missing.isEmpty()) {
      throw new NotFoundException(
          "no matching publishers found",
          "'" + String.join("', '", missing) + "' is not in both repositories",
          List.of(),
          null);
    }
    return new TreeSet<>(wanted);
  }
}
