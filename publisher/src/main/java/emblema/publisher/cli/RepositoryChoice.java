package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.PartialException;
import emblema.core.error.UsageException;
import emblema.store.address.Repositories;
import emblema.store.address.RepositoryAddress.Local;
import emblema.store.file.FileRepository;
import emblema.store.file.LockWait;
import emblema.store.http.Access;
import emblema.store.http.HttpSettings;
import emblema.store.origin.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options of {@code pkgrepo} that say which repository and which publishers are meant. */
final class RepositoryChoice {
  private static final String ALL = "all";

  private RepositoryChoice() {}

  static Syntax repository(Syntax syntax) {
    return syntax.value(
        "-s",
        "repository",
        "the repository: a path, a file:// or, where it is only read, an http:// address");
  }

  static Syntax publishers(Syntax syntax) {
    return repository(syntax).list("-p", "publisher", "only this publisher; 'all' means every one");
  }

  /** What a repository behind TLS may need. */
  static Syntax remote(Syntax syntax) {
    return syntax
        .value("--key", "file", "private key of the client, for https:// addresses")
        .value("--cert", "file", "certificate of the client, for https:// addresses");
  }

  static Syntax listing(Syntax syntax) {
    return table(remote(publishers(syntax)));
  }

  static Syntax table(Syntax syntax) {
    return syntax
        .choice("-F", "format", Listing.FORMATS, "form of the output")
        .flag("-H", "leave out the header");
  }

  /** From {@code -s}, given after or before the subcommand. */
  private static String address(Arguments arguments, Session session) {
    return arguments
        .value("-s")
        .or(() -> session.globals().value("-s"))
        .orElseThrow(
            () -> new UsageException("a package repository location must be provided using -s"));
  }

  /** A directory; usage error for what is reached over a network. */
  static Path path(Arguments arguments, Session session) {
    return path(address(arguments, session), session);
  }

  static Path path(String address, Session session) {
    if (repositories(session).address(address) instanceof Local local) {
      return local.path();
    }
    throw new UsageException(
        "network repositories are not supported for this operation",
        "run the command where the repository '" + address + "' is");
  }

  /** Opens repositories by their addresses. */
  static Repositories repositories(Session session) {
    return new Repositories(
        session.directory(), HttpSettings.of(session.program(), session.environment()));
  }

  /** The repository to be read, wherever it is. */
  static Origin origin(Arguments arguments, Session session) {
    Access access =
        Access.of(file(arguments, "--key", session), file(arguments, "--cert", session));
    return repositories(session).open(address(arguments, session), access);
  }

  private static Optional<Path> file(Arguments arguments, String option, Session session) {
    return arguments.value(option).map(session::resolve);
  }

  static FileRepository open(Arguments arguments, Session session) {
    return FileRepository.open(path(arguments, session))
        .waiting(LockWait.USUAL.telling(session.events()));
  }

  /**
   * @param found of those asked for, or all if none were
   * @param missing asked for and not there
   */
  record Publishers(List<String> found, List<String> missing) {

    /** An error if none of the publishers asked for exists. */
    Publishers requireAny() {
      if (found.isEmpty() && !missing.isEmpty()) {
        throw new NotFoundException("no matching publishers found", names(), List.of(), null);
      }
      return this;
    }

    /** To be called when the work is done: an error if it left some publishers out. */
    void requireAll() {
      if (!missing.isEmpty()) {
        throw new PartialException(
            "some of the publishers were not found", names(), List.of(), null);
      }
    }

    private String names() {
      return "no publisher matching '" + String.join("', '", missing) + "' could be found";
    }
  }

  static Publishers publishers(Arguments arguments, Origin repository) {
    List<String> all = repository.publishers();
    List<String> wanted = arguments.values("-p");
    if (wanted.isEmpty() || wanted.contains(ALL)) {
      return new Publishers(all, List.of());
    }
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(all);
    return new Publishers(all.stream().filter(wanted::contains).toList(), missing);
  }
}
