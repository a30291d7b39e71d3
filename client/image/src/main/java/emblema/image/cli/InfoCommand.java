package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.error.PartialException;
import emblema.core.error.UsageException;
import emblema.core.fmri.FmriPattern;
import emblema.core.manifest.Manifest;
import emblema.image.image.PackageMatch;
import emblema.image.image.StateEntry;
import java.util.ArrayList;
import java.util.List;

/** Tells about packages (spec client-cli, section 4.10). */
final class InfoCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("tell about packages")
        .flag("-l", "of installed packages; the default")
        .flag("-q", "print nothing; the exit status tells")
        .flag("-r", "of the newest packages that publishers offer")
        .list("-g", "path_or_uri", "look in this repository, which the image need not know")
        .flag("--license", "print the texts of the licences")
        .operands("pattern", 0)
        .excludes("-l", "-r");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    if ((arguments.has("-r") || arguments.has("-g")) && arguments.operands().isEmpty()) {
      throw new UsageException("must request remote info for specific packages");
    }
    try (OpenImage open = OpenImage.of(session)) {
      PackageMatch<StateEntry> match = match(open, arguments);
      if (!arguments.has("-q") && arguments.has("--license")) {
        licenses(open, arguments, session, match.matched());
      } else if (!arguments.has("-q")) {
        print(open, arguments, session, match.matched());
      }
      return status(arguments, match);
    }
  }

  private static PackageMatch<StateEntry> match(OpenImage open, Arguments arguments) {
    return arguments.has("-g")
        ? Selected.elsewhere(open, arguments.operands(), arguments.values("-g"))
        : Selected.of(open.image(), arguments.operands(), arguments.has("-r"));
  }

  private static void print(
      OpenImage open, Arguments arguments, Session session, List<StateEntry> entries) {
    boolean first = true;
    try (ManifestSource manifests = new ManifestSource(open, arguments.values("-g"))) {
      for (StateEntry entry : entries) {
        Manifest manifest = manifests.manifest(entry.fmri());
        if (!first) {
          session.out().line();
        }
        first = false;
        new PackageInfo(entry, manifest, open.image().config().varcets(), session).print();
      }
    }
  }

  private static void licenses(
      OpenImage open, Arguments arguments, Session session, List<StateEntry> entries) {
    List<String> without = new ArrayList<>();
    try (ManifestSource manifests = new ManifestSource(open, arguments.values("-g"))) {
      for (StateEntry entry : entries) {
        List<String> texts = manifests.licenses(entry.fmri());
        if (texts.isEmpty()) {
          without.add(entry.fmri().toString());
        }
        texts.forEach(text -> session.out().line(text));
      }
    }
    if (!without.isEmpty()) {
      String message = "no license information could be found for the following packages";
      String detail = "  " + String.join("\n  ", without);
      throw without.size() == entries.size()
          ? new NotFoundException(message, detail, List.of(), null)
          : new PartialException(message, detail, List.of(), null);
    }
  }

  private static int status(Arguments arguments, PackageMatch<StateEntry> match) {
    if (match.unmatched().isEmpty() && !match.matched().isEmpty()) {
      return 0;
    }
    if (arguments.has("-q")) {
      return match.matched().isEmpty() ? 1 : 3;
    }
    if (match.unmatched().isEmpty()) {
      throw new NotFoundException("no packages installed");
    }
    String detail =
        "  " + String.join("\n  ", match.unmatched().stream().map(FmriPattern::text).toList());
    String message =
        arguments.has("-r")
            ? "no known packages match the following patterns"
            : "no packages matching the following patterns are installed";
    List<String> hints =
        arguments.has("-r") ? List.of() : List.of("'pkg info -r' looks at what publishers offer");
    EmblemaException failure =
        match.matched().isEmpty()
            ? new NotFoundException(message, detail, hints, null)
            : new PartialException(message, detail, hints, null);
    throw failure;
  }
}
