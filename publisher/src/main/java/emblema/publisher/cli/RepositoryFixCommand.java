package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Output;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.store.check.Repair;
import emblema.store.check.Verification;
import emblema.store.check.VerificationOptions;
import emblema.store.file.FileRepository;
import java.util.Collection;

/** {@code pkgrepo fix}: damaged objects go into quarantine, the catalog follows. */
final class RepositoryFixCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.publishers(Syntax.of("move away what is damaged in a repository"))
        .flag("-v", "show what 'pkgrepo verify' shows")
        .section(
            "QUARANTINE",
            """
            Damaged payloads, and the manifests of all packages that use them, are moved to \
            pkg5-quarantine/fix.NNNNNN in the publisher's directory. The packages leave the \
            catalog and must be published again; the command lists them. Payloads that packages \
            in quarantine need are kept.\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    boolean verbose = arguments.has("-v");
    Output out = session.out();
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      VerificationOptions options = VerificationChoice.of(session);
      new Verification(repository, options); // refuses other versions before anything is said
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      out.line("Initiating repository fix.");
      Repair.Result result =
          new Repair(repository, options, session.clock())
              .run(
                  publishers.found(),
                  finding -> {
                    if (verbose) {
                      out.text(FindingText.of(finding));
                    }
                  });
      out.line();
      list(
          out,
          "Use pkgsend(1) or pkgrecv(1) to republish the\n"
              + "following packages or paths which were quarantined:",
          result.republish());
      list(out, "Quarantined objects were moved to:", result.directories());
      list(out, "pkgrepo could not repair the following paths in the repository:", result.failed());
      list(
          out,
          "pkgrepo could not repair the following dependency issues in the repository:",
          result.dependencies());
      boolean untouched =
          !result.isMended() && result.failed().isEmpty() && result.dependencies().isEmpty();
      out.line(untouched ? "No repository fixes required." : "Repository repairs completed.");
      if (!result.failed().isEmpty() || !result.dependencies().isEmpty()) {
        return 1;
      }
      publishers.requireAll();
      return 0;
    }
  }

  private static void list(Output out, String heading, Collection<String> items) {
    if (!items.isEmpty()) {
      out.line(heading);
      out.line();
      items.forEach(item -> out.line("\t" + item));
      out.line();
    }
  }
}
