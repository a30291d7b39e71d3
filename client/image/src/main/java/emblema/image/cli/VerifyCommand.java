package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.core.io.SafePath;
import emblema.image.image.Image;
import emblema.image.image.PackageMatch;
import emblema.image.image.StateEntry;
import emblema.image.transport.Transport;
import emblema.image.trust.ImageTrust;
import emblema.image.verify.Unpackaged;
import emblema.image.verify.Verifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares installed packages with what is on disk (spec client-cli, section 4.13). */
final class VerifyCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("compare installed packages with what is on disk")
        .flag("-H", "omit headers")
        .flag("-q", "print nothing; the exit status tells")
        .flag("-v", "report packages that are all right, too")
        .list("-p", "path", "verify only this path")
        .choice("--parsable", "version", List.of("0"), "report as JSON of this version")
        .flag("--unpackaged", "report also what no package delivers")
        .flag("--unpackaged-only", "report only what no package delivers")
        .operands("pattern", 0)
        .excludes("-p", "--unpackaged", "--unpackaged-only")
        .excludes("-q", "-v", "--parsable");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    if (arguments.has("--unpackaged-only") && !arguments.operands().isEmpty()) {
      throw new UsageException("--unpackaged-only takes no package names");
    }
    try (OpenImage open = OpenImage.of(session)) {
      Image image = open.image();
      List<Fmri> wanted = wanted(image, arguments.operands());
      VerifyReport report = new VerifyReport(arguments, session, !arguments.has("-H"));
      if (!arguments.has("--unpackaged-only")) {
        EventSink events =
            arguments.has("-q") || arguments.has("--parsable")
                ? session.quietEvents()
                : session.events();
        try (Transport transport = open.transport(events)) {
          ImageTrust trust = new ImageTrust(image, transport, open.now());
          Verifier verifier =
              new Verifier(image, trust, events, Runtime.getRuntime().availableProcessors());
          verifier.verify(wanted, paths(arguments), report::add);
        }
      }
      if (arguments.has("--unpackaged") || arguments.has("--unpackaged-only")) {
        Unpackaged unpackaged =
            new Unpackaged(
                image, image.state().installed().stream().map(StateEntry::fmri).toList());
        report.addUnpackaged(unpackaged);
      }
      return report.end(open.now());
    }
  }

  private static Set<SafePath> paths(Arguments arguments) {
    return arguments.values("-p").stream().map(SafePath::of).collect(Collectors.toSet());
  }

  /** The installed packages that names and patterns mean; all without any. */
  static List<Fmri> wanted(Image image, List<String> operands) {
    List<FmriPattern> patterns = operands.stream().map(FmriPattern::parse).toList();
    PackageMatch<StateEntry> match =
        PackageMatch.of(image.state().installed(), patterns, StateEntry::fmri);
    if (!match.unmatched().isEmpty()) {
      throw new NotFoundException(
          "no packages matching the following patterns are installed",
          String.join(
              "\n", match.unmatched().stream().map(pattern -> "  " + pattern.text()).toList()),
          List.of(),
          null);
    }
    return match.matched().stream().map(StateEntry::fmri).toList();
  }
}
