package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.store.address.Repositories;
import emblema.store.address.RepositoryAddress;
import emblema.store.http.Access;
import emblema.store.http.HttpSettings;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The repository that {@code pkgsend} works on: {@code -s} behind or before the subcommand, or the
 * variable PKG_REPO.
 */
record SendTarget(Repositories repositories, String address, Access access, Session session) {

  /** The options by which it is named. */
  static Syntax addTo(Syntax syntax) {
    return syntax
        .value("-s", "repository", "the repository: a path, file:// or http:// address")
        .value("--key", "file", "private key of the client, for https:// addresses")
        .value("--cert", "file", "certificate of the client, for https:// addresses")
        .value("--token-file", "file", "a file with the secret that lets you publish to a depot");
  }

  static SendTarget of(Arguments arguments, Session session) {
    String address =
        arguments
            .value("-s")
            .or(() -> session.globals().value("-s"))
            .or(() -> session.environment("PKG_REPO"))
            .orElseThrow(
                () ->
                    new UsageException(
                        "a destination package repository must be provided using -s"));
    Repositories repositories =
        new Repositories(
            session.directory(), HttpSettings.of(session.program(), session.environment()));
    return new SendTarget(repositories, address, access(arguments, session), session);
  }

  private static Access access(Arguments arguments, Session session) {
    Map<String, String> headers =
        file(arguments, "--token-file", session)
            .map(path -> TextInput.file(path, path.toString()).strip())
            .map(token -> Map.of("Authorization", "Bearer " + token))
            .orElse(Map.of());
    return new Access(
        file(arguments, "--key", session), file(arguments, "--cert", session), "", headers);
  }

  private static Optional<Path> file(Arguments arguments, String option, Session session) {
    return arguments.value(option).map(session::resolve);
  }

  /** Whether it is reached over the network. */
  boolean isRemote() {
    return repositories.address(address) instanceof RepositoryAddress.Remote;
  }

  /** Where it is on this machine: an error if it is not. */
  Path path() {
    if (repositories.address(address) instanceof RepositoryAddress.Local local) {
      return local.path();
    }
    throw new UsageException("the repository '" + address + "' is not on this machine");
  }

  Publication publish(PublicationOptions options) {
    return repositories.publish(address, access, options);
  }

  /** Transactions that outlive this command. */
  Repositories.Pending pending() {
    return repositories.pending(address, access, session.clock(), session.events());
  }

  /** The two lines of a publication, in the reference's order, which depends on the transport. */
  void tellPublished(String fmri) {
    session.out().line(isRemote() ? "PUBLISHED" : fmri);
    session.out().line(isRemote() ? fmri : "PUBLISHED");
  }
}
