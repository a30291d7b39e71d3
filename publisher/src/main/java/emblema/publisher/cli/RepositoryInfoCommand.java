package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.store.json.Json;
import emblema.store.origin.Origin;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** {@code pkgrepo info}: how many packages each publisher has, and since when. */
final class RepositoryInfoCommand implements Command {
  private static final DateTimeFormatter UPDATED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  public Syntax syntax() {
    return RepositoryChoice.listing(Syntax.of("show the publishers of a repository"));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (Origin repository = RepositoryChoice.origin(arguments, session)) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      Listing listing =
          new Listing(
              List.of(
                  new Listing.Column("publisher", "PUBLISHER", 0),
                  new Listing.Column("packages", "PACKAGES", 8),
                  new Listing.Column("status", "STATUS", 16),
                  new Listing.Column("updated", "UPDATED", 0)));
      for (String publisher : publishers.found()) {
        PublisherStatus status = PublisherStatus.of(repository, publisher, session.clock());
        listing.row(
            Listing.text(publisher),
            Json.Number.of(status.packages()),
            Listing.text(status.word()),
            Listing.text(UPDATED.format(status.updated())));
      }
      listing.print(session.out(), arguments.value("-F", "default"), !arguments.has("-H"));
      publishers.requireAll();
      return 0;
    }
  }
}
