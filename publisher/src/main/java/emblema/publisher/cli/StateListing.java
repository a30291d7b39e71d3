package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Output;
import emblema.cli.Session;
import emblema.core.action.ActionWriter;
import emblema.core.error.UsageException;
import emblema.core.manifest.ManifestDiff;
import emblema.store.file.FileRepository;
import emblema.store.history.ManifestHistory;
import emblema.store.history.StateDifference;
import java.util.List;

/** What changed in one repository between two states of its history: {@code diff --from}. */
final class StateListing {
  private static final int DIFFERENT = 10;

  private StateListing() {}

  static int run(Arguments arguments, Session session, List<String> addresses) {
    if (addresses.size() != 1) {
      throw new UsageException("with --from exactly one repository must be given with -s");
    }
    try (FileRepository repository =
        FileRepository.open(RepositoryChoice.path(addresses.getFirst(), session))) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      if (publishers.found().size() != 1) {
        throw new UsageException("with --from one publisher must be chosen with -p");
      }
      String publisher = publishers.found().getFirst();
      ManifestHistory history = new ManifestHistory(repository, publisher, session.clock());
      history.update();
      StateDifference difference =
          history.difference(arguments.required("--from"), arguments.value("--to", "HEAD"));
      if (!arguments.has("-q")) {
        difference.changes().forEach(each -> print(session.out(), each, arguments.has("-v")));
      }
      return difference.changes().isEmpty() ? 0 : DIFFERENT;
    }
  }

  private static void print(Output out, StateDifference.Change change, boolean verbose) {
    out.line((change.isAdded() ? "+ " : "- ") + change.fmri());
    if (!verbose || change.actions().isEmpty()) {
      return;
    }
    ManifestDiff actions = change.actions().get();
    change.since().ifPresent(since -> out.line("        since " + since.toShortString() + ":"));
    actions.removed().forEach(a -> out.line("        - " + ActionWriter.write(a)));
    for (ManifestDiff.Change each : actions.changed()) {
      out.line("        - " + ActionWriter.write(each.before()));
      out.line("        + " + ActionWriter.write(each.after()));
    }
    actions.added().forEach(a -> out.line("        + " + ActionWriter.write(a)));
  }
}
