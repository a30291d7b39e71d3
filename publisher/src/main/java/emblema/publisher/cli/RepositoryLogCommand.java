package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.fmri.Fmri;
import emblema.store.file.FileRepository;
import emblema.store.history.HistoryEntry;
import emblema.store.history.ManifestHistory;
import emblema.store.json.Json;
import java.util.List;

/** {@code pkgrepo log}: what was published and removed, the newest first. */
final class RepositoryLogCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.table(
            RepositoryChoice.publishers(
                Syntax.of("show what was published to a repository and removed from it")))
        .section(
            "DESCRIPTION",
            """
            A state is named by 40 digits, of which the first few are enough; \
            'pkgrepo diff --from STATE' shows what changed since. The history is a bare Git \
            repository for each publisher, history/PUBLISHER.git in the repository's directory. \
            It is made, and brought up to date, when it is asked for; it can be deleted at any \
            time, which loses only the manifests of packages that were removed. Setting the \
            property repository/manifest-history to False forbids it.

            This subcommand is not part of the reference.\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      Listing listing =
          new Listing(
              List.of(
                  new Listing.Column("publisher", "PUBLISHER", 0),
                  new Listing.Column("state", "STATE", 0),
                  new Listing.Column("time", "TIME", 0),
                  new Listing.Column("change", "CHANGE", 7),
                  new Listing.Column("package", "PACKAGE", 0)));
      for (String publisher : publishers.found()) {
        ManifestHistory history = new ManifestHistory(repository, publisher, session.clock());
        history.update();
        for (HistoryEntry entry : history.log()) {
          entry.added().forEach(fmri -> row(listing, publisher, entry, "added", fmri));
          entry.removed().forEach(fmri -> row(listing, publisher, entry, "removed", fmri));
        }
      }
      listing.print(session.out(), arguments.value("-F", "default"), !arguments.has("-H"));
      publishers.requireAll();
      return 0;
    }
  }

  private static void row(
      Listing listing, String publisher, HistoryEntry entry, String change, Fmri fmri) {
    Json[] row = {
      Listing.text(publisher),
      Listing.text(entry.state().substring(0, 12)),
      Listing.text(entry.when().toString()),
      Listing.text(change),
      Listing.text(fmri.toStringWithoutScheme())
    };
    listing.row(row);
  }
}
