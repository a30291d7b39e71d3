package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.store.file.PublisherProperty;
import emblema.store.json.Json;
import emblema.store.origin.Origin;
import java.util.ArrayList;
import java.util.List;

/** {@code pkgrepo get}: properties of a repository or of its publishers. */
final class RepositoryGetCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.listing(Syntax.of("show properties of a repository"))
        .operands("section/property", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    WantedProperties wanted = new WantedProperties(arguments.operands());
    try (Origin repository = RepositoryChoice.origin(arguments, session)) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      Listing listing = new Listing(columns(arguments.has("-p")));
      if (arguments.has("-p")) {
        publishers.found().forEach(prefix -> addPublisher(listing, wanted, repository, prefix));
      } else {
        RepositoryProperties.ofRepository(repository)
            .forEach((name, value) -> add(listing, wanted, name, value));
      }
      wanted.requireAny();
      listing.print(session.out(), arguments.value("-F", "default"), !arguments.has("-H"));
      wanted.requireAll();
      publishers.requireAll();
      return 0;
    }
  }

  private static List<Listing.Column> columns(boolean publisher) {
    List<Listing.Column> columns = new ArrayList<>();
    if (publisher) {
      columns.add(new Listing.Column("publisher", "PUBLISHER", 0));
    }
    columns.add(new Listing.Column("section", "SECTION", 0));
    columns.add(new Listing.Column("property", "PROPERTY", 0));
    columns.add(new Listing.Column("value", "VALUE", 0));
    return columns;
  }

  private static void add(Listing listing, WantedProperties wanted, String name, Json value) {
    if (wanted.wants(name)) {
      int slash = name.indexOf('/');
      listing.row(
          Listing.text(name.substring(0, slash)), Listing.text(name.substring(slash + 1)), value);
    }
  }

  private static void addPublisher(
      Listing listing, WantedProperties wanted, Origin repository, String publisher) {
    for (PublisherProperty property : PublisherProperty.values()) {
      if (wanted.wants(property.section() + "/" + property.word())) {
        listing.row(
            Listing.text(publisher),
            Listing.text(property.section()),
            Listing.text(property.word()),
            RepositoryProperties.ofPublisher(repository, publisher, property));
      }
    }
  }
}
