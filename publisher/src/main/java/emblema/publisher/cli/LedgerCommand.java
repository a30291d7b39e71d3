package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.cli.Table;
import emblema.core.action.Action;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.publisher.master.ledger.ImageFacts;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.ledger.LedgerCheck;
import emblema.publisher.master.ledger.LedgerReader;
import emblema.publisher.master.ledger.PublishedPackage;
import emblema.store.file.FileRepository;
import java.util.List;
import java.util.TreeMap;

/**
 * {@code pkgmaster ledger}: what is known of earlier releases. All of it is read from the published
 * manifests each time, so {@code rebuild} only prints it whole.
 */
final class LedgerCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("show or check what is known of earlier releases")
        .intermixed()
        .operand("show|check|rebuild")
        .value("-s", "repo", "the repository, a directory or file:// address")
        .value("--publisher", "prefix", "the publisher; default: the repository's")
        .value("--family", "name", "first part of generated package names; default: master");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String what = arguments.operand(0);
    try (FileRepository repository =
        FileRepository.open(RepositoryChoice.path(arguments.required("-s"), session))) {
      String publisher = arguments.value("--publisher").or(repository::defaultPublisher).orElse("");
      String stem = arguments.value("--family", "master") + "/incorporation";
      Ledger ledger = LedgerReader.read(repository, publisher, stem);
      if (ledger.isEmpty()) {
        throw new NotFoundException("'" + stem + "' was never published by '" + publisher + "'");
      }
      switch (what) {
        case "show" -> show(ledger, session);
        case "check" -> check(ledger, repository, session);
        case "rebuild" -> rebuild(ledger, session);
        default ->
            throw new UsageException(
                "unknown operand '" + what + "'", "expected: show, check or rebuild");
      }
    }
    return 0;
  }

  private static void show(Ledger ledger, Session session) {
    session
        .out()
        .line(
            "release "
                + ledger.fact(ImageFacts.RELEASE)
                + " of line "
                + ledger.fact(ImageFacts.LINE));
    session.out().line("tree    " + ledger.fact(ImageFacts.TREE));
    Table table = Table.of("PACKAGE", "VERSION", "STATE");
    for (PublishedPackage each : ledger.packages().values()) {
      String state = !each.marker() ? "live" : each.successors().isEmpty() ? "obsolete" : "renamed";
      table.row(each.stem(), each.fmri().requireVersion().toShortString(), state);
    }
    table.print(session.out());
    new TreeMap<>(ledger.special()).forEach((path, action) -> sticky(path, action, session));
  }

  private static void sticky(String path, Action action, Session session) {
    for (String name : List.of("salvage-from", "original_name")) {
      for (String value : action.attributes().all(name)) {
        session.out().line(name + "  " + path + " <- " + value);
      }
    }
  }

  private static void check(Ledger ledger, FileRepository repository, Session session) {
    LedgerCheck.check(ledger, repository);
    session
        .out()
        .line(
            ledger.packages().size()
                + " packages and "
                + ledger.owners().size()
                + " paths are consistent");
  }

  private static void rebuild(Ledger ledger, Session session) {
    session.out().line("path\tpackage");
    new TreeMap<>(ledger.owners()).forEach((path, stem) -> session.out().line(path + "\t" + stem));
  }
}
