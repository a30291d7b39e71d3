package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.store.file.FileRepository;
import emblema.store.file.RemovedPayloads;
import emblema.store.json.Json;
import java.time.Duration;
import java.util.List;

/** {@code pkgrepo sweep}: payloads that no package needs are deleted. */
final class RepositorySweepCommand implements Command {
  private static final String DEFAULT_GRACE = "1d";

  @Override
  public Syntax syntax() {
    return RepositoryChoice.table(
            RepositoryChoice.publishers(
                Syntax.of("delete payloads that no package of a repository needs")))
        .flag("-n", "only say how many files and bytes would be deleted")
        .value("--grace", "time", "keep what was stored less than this long ago; 1d")
        .section(
            "DESCRIPTION",
            """
            Publications that were killed, and removals by other tools, leave payloads that \
            nothing mentions. A sweep deletes those that no manifest, catalogued or not or in \
            quarantine, and no open transaction mentions, and that were stored longer ago than \
            the grace period: a number of seconds, or with 'm', 'h' or 'd' of minutes, hours or \
            days. Publications may go on meanwhile. Nothing is swept while a manifest is \
            damaged.

            This subcommand is not part of the reference.\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Duration grace = grace(arguments);
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      Listing listing =
          new Listing(
              List.of(
                  new Listing.Column("publisher", "PUBLISHER", 0),
                  new Listing.Column("files", "FILES", 8),
                  new Listing.Column("bytes", "BYTES", 0)));
      for (String publisher : publishers.found()) {
        RemovedPayloads swept =
            repository.sweep(publisher, grace, arguments.has("-n"), session.clock());
        listing.row(
            Listing.text(publisher), Json.Number.of(swept.files()), Json.Number.of(swept.bytes()));
      }
      listing.print(session.out(), arguments.value("-F", "default"), !arguments.has("-H"));
      publishers.requireAll();
      return 0;
    }
  }

  private static Duration grace(Arguments arguments) {
    String text = arguments.value("--grace", DEFAULT_GRACE);
    if (!text.matches("[0-9]{1,9}[smhd]?")) {
      throw arguments.invalid("--grace", "seconds, or a number with 'm', 'h' or 'd'");
    }
    long number = Long.parseLong(text.replaceAll("[smhd]", ""));
    return switch (text.charAt(text.length() - 1)) {
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      case 'd' -> Duration.ofDays(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
