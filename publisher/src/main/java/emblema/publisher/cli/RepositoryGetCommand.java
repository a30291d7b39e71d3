package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.PartialException;
import emblema.store.file.FileRepository;
import emblema.store.file.PublisherInformation;
import emblema.store.file.PublisherProperty;
import emblema.store.file.RepositoryConfiguration;
import emblema.store.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code pkgrepo get}: properties of a repository or of its publishers. */
final class RepositoryGetCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.listing(Syntax.of("show properties of a repository"))
        .operands("section/property", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      Wanted wanted = new Wanted(arguments.operands());
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      Listing listing;
      if (arguments.has("-p")) {
        listing = new Listing(columns(true));
        for (String publisher : publishers.found()) {
          addPublisher(listing, wanted, publisher, repository.publisherInformation(publisher));
        }
      } else {
        listing = new Listing(columns(false));
        addRepository(listing, wanted, repository.configuration());
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

  private static void addRepository(
      Listing listing, Wanted wanted, RepositoryConfiguration configuration) {
    List<String> names = new ArrayList<>();
    configuration
        .properties()
        .forEach(
            (section, properties) ->
                properties.keySet().forEach(name -> names.add(section + "/" + name)));
    names.sort(null);
    for (String name : names) {
      if (wanted.wants(name)) {
        int slash = name.indexOf('/');
        String section = name.substring(0, slash);
        String property = name.substring(slash + 1);
        List<String> values = configuration.valuesOf(section, property);
        listing.row(
            Listing.text(section),
            Listing.text(property),
            configuration.isList(section, property)
                ? Json.Array.ofTexts(values)
                : Listing.text(values.getFirst()));
      }
    }
  }

  private static void addPublisher(
      Listing listing, Wanted wanted, String publisher, PublisherInformation information) {
    for (PublisherProperty property : PublisherProperty.values()) {
      if (wanted.wants(property.section() + "/" + property.word())) {
        listing.row(
            Listing.text(publisher),
            Listing.text(property.section()),
            Listing.text(property.word()),
            information.value(property));
      }
    }
  }

  /** The properties asked for, and which of them were seen; all if none were asked for. */
  private static final class Wanted {
    private final List<String> names;
    private final Set<String> seen = new HashSet<>();

    Wanted(List<String> names) {
      this.names = names;
    }

    boolean wants(String name) {
      for (String wanted : names) {
        if (wanted.replace('_', '-').equals(name.replace('_', '-'))) {
          seen.add(wanted);
          return true;
        }
      }
      return names.isEmpty();
    }

    private List<String> missing() {
      return names.stream().filter(name -> !seen.contains(name)).toList();
    }

    void requireAny() {
      if (!names.isEmpty() && seen.isEmpty()) {
        throw new NotFoundException("no matching properties found", list(), List.of(), null);
      }
    }

    void requireAll() {
      if (!missing().isEmpty()) {
        throw new PartialException("some properties were not found", list(), List.of(), null);
      }
    }

    private String list() {
      return "unknown: '" + String.join("', '", missing()) + "'";
    }
  }
}
