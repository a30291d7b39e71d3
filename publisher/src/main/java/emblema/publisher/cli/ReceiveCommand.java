package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.publisher.receive.Receipt;
import emblema.publisher.receive.ReceiveRequest;
import emblema.publisher.receive.Receiving;
import emblema.publisher.receive.VersionChoice;
import emblema.publisher.transform.Macros;
import emblema.publisher.transform.Mogrifier;
import emblema.publisher.transform.Sources;
import emblema.store.check.DependencyExceptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code pkgrecv}: packages from one repository to another, to an archive, to files. */
final class ReceiveCommand implements Command {
  @Override
  public Syntax syntax() {
    return ReceiveOptions.syntax();
  }

  @Override
  public int run(Arguments arguments, Session session) {
    ReceiveOptions options = new ReceiveOptions(arguments, session);
    Receiving receiving = options.receiving();
    if (arguments.has("--newest")) {
      if (!arguments.operands().isEmpty()) {
        throw new UsageException("--newest takes no packages");
      }
      for (Fmri fmri : receiving.newest()) {
        session
            .out()
            .line(
                "pkg://%s/%s@%s"
                    .formatted(
                        fmri.publisher(),
                        fmri.stem(),
                        fmri.requireVersion().toStringWithoutBuild()));
      }
      return 0;
    }
    try {
      return arguments.has("--clone")
          ? clone(options, receiving, arguments, session)
          : receive(options, receiving, arguments, session);
    } catch (EmblemaException e) {
      Path kept = receiving.temporaryCache();
      if (receiving.cacheDirectory().isEmpty() && Files.isDirectory(kept)) {
        session.warn(
            "what was downloaded is kept in '" + kept + "'; give it with -c to go on from there");
      }
      throw e;
    }
  }

  private static int receive(
      ReceiveOptions options, Receiving receiving, Arguments arguments, Session session) {
    if (arguments.operands().isEmpty()) {
      throw new UsageException(
          "at least one package must be named", "'*' means all packages of the source");
    }
    Receiving.Target target = options.target();
    List<FmriPattern> patterns =
        arguments.operands().stream()
            .map(text -> text.equals("*@*") ? "*" : text)
            .map(FmriPattern::parse)
            .toList();
    UnmatchedPatterns unmatched = new UnmatchedPatterns(patterns);
    ReceiveRequest request =
        new ReceiveRequest(
            catalog -> PackageChoice.choose(catalog, patterns, unmatched.matched()),
            options.versions(),
            arguments.has("-r"),
            rules(arguments, session),
            arguments.has("-n"),
            session.out()::line,
            session.events());
    Receipt receipt = receiving.receive(target, request);
    ReceiptText.print(receipt, arguments.has("-v"), session.out());
    ReceiptText.requireNoFailures(receipt);
    unmatched.report();
    return 0;
  }

  private static int clone(
      ReceiveOptions options, Receiving receiving, Arguments arguments, Session session) {
    if (!arguments.operands().isEmpty()) {
      throw new UsageException("--clone takes no packages: it copies all of them");
    }
    ReceiveRequest request =
        new ReceiveRequest(
            catalog -> List.of(),
            VersionChoice.ALL_TIMESTAMPS,
            false,
            Optional.empty(),
            arguments.has("-n"),
            session.out()::line,
            session.events());
    Receipt receipt =
        receiving.clone(
            options.destination(),
            arguments.values("-p"),
            VerificationChoice.of(session)
                .withDependencies(false, false, DependencyExceptions.NONE),
            request);
    ReceiptText.print(receipt, arguments.has("-v"), session.out());
    if (!arguments.has("-n") && !receipt.received().isEmpty()) {
      session.out().line("The search index must be refreshed: 'pkgrepo refresh' does that.");
    }
    return 0;
  }

  /** Read once, also from standard input. */
  private static Optional<Mogrifier> rules(Arguments arguments, Session session) {
    List<String> files = arguments.values("--mog-file");
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Sources sources =
        new Sources(
            new Sources.Settings(session.directory(), List.of(), Macros.of(List.of()), true));
    List<String> named = files.stream().filter(file -> !file.equals("-")).toList();
    if (named.isEmpty()) {
      sources.read("standard input", session.console().in());
    }
    for (String file : named) {
      if (!Files.isRegularFile(session.resolve(file))) {
        throw new NotFoundException("the rule file '" + file + "' does not exist");
      }
      sources.read(file);
    }
    return Optional.of(Mogrifier.of(sources));
  }
}
