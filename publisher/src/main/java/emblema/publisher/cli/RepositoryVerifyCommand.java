package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.store.check.Verification;
import emblema.store.check.VerificationOptions;
import emblema.store.file.FileRepository;
import java.util.List;

/** {@code pkgrepo verify}: what is wrong with a repository; status 1 if anything is. */
final class RepositoryVerifyCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.publishers(Syntax.of("find what is damaged in a repository"))
        .flag("-d", "also miss optional dependencies, whatever may be ignored")
        .list("-i", "file", "dependencies that may be missing; see EXCEPTIONS")
        .choice("--disable", "check", List.of("dependency"), "leave out a check")
        .excludes("-d", "--disable")
        .excludes("-i", "--disable")
        .section(
            "EXCEPTIONS",
            """
            A line of the file of -i is

            pkg=NAME [min_ver=VERSION] [max_ver=VERSION] depend=FMRI [depend=FMRI ...]

            and means that these versions of the package may miss these dependencies. Lines that \
            begin with # are comments.\
            """)
        .section(
            "FINDINGS",
            """
            Payloads are read whole: each must be a gzip stream, of the content that every \
            manifest promises, compressed as promised. Manifests must be those that the catalog \
            lists, catalog files must be signed by their bytes and repeat what the manifests say. \
            Restrictive permissions are a warning. 'pkgrepo fix' moves away what is damaged.\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      VerificationOptions options =
          VerificationChoice.of(session)
              .withDependencies(
                  !arguments.has("--disable"),
                  arguments.has("-d"),
                  VerificationChoice.exceptions(arguments, session));
      Verification verification = new Verification(repository, options);
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      session.out().line("Initiating repository verification.");
      int[] errors = {0};
      verification.run(
          publishers.found(),
          finding -> {
            session.out().text(FindingText.of(finding));
            errors[0] += finding.kind().isWarning() ? 0 : 1;
          });
      if (errors[0] > 0) {
        return 1;
      }
      publishers.requireAll();
      return 0;
    }
  }
}
