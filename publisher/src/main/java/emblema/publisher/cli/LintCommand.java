package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.EmblemaException;
import emblema.core.error.UsageException;
import emblema.publisher.lint.Finding;
import emblema.publisher.lint.Level;
import emblema.publisher.lint.Lint;
import emblema.publisher.lint.LintCheck;
import emblema.publisher.lint.LintSettings;
import emblema.publisher.lint.LintedPackage;
import java.util.List;
import java.util.Set;

/** {@code pkglint}: manifests, or the newest packages of repositories, checked. */
final class LintCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("find mistakes in manifests, or in the newest packages of repositories")
        .list("-l", "repository", "check its packages")
        .list("-r", "repository", "compare with its packages")
        .value("-p", "pattern", "check only packages of -l with such a name")
        .value("-c", "dir", "accepted and ignored: repositories are read where they are")
        .list("-x", "check", "leave out checks whose names begin so")
        .list("-m", "package", "do not ask for this package where others need it")
        .flag("-L", "list the checks")
        .flag("-v", "tell everything")
        .operands("manifest", 0)
        .section(
            "Findings that are meant",
            """
            An action, or a 'set', with the attribute 'pkg.linted.CHECK=true' silences checks whose names begin
            with CHECK; 'pkg.linted=true' silences all.\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    if (arguments.has("-L")) {
      session.out().line(String.format("%-28s %s", "NAME", "DESCRIPTION"));
      for (LintCheck check : LintCheck.all()) {
        session.out().line(String.format("%-28s %s", check.id(), check.description()));
      }
      return 0;
    }
    if (arguments.operands().isEmpty() && !arguments.has("-l")) {
      throw new UsageException("no manifests to check", "name files, or a repository with -l");
    }
    session.out().line("Lint engine setup...");
    List<LintedPackage> packages;
    try {
      packages = new LintSources(session).read(arguments);
    } catch (UsageException e) {
      throw e;
    } catch (EmblemaException e) {
      String reason = e.getMessage() + e.detail().map(detail -> "\n" + detail).orElse("");
      session.err().line(new Finding(Level.CRITICAL, "lint.manifest002", reason).line());
      session.err().line("pkglint: Fatal error in manifest - exiting.");
      return 1;
    }
    LintSettings settings =
        new LintSettings(
            arguments.has("-v") ? Level.DEBUG : Level.INFO,
            arguments.values("-x"),
            true,
            Set.copyOf(arguments.values("-m")));
    session.out().line("Starting lint run...");
    Level worst = new Lint(packages, settings, finding -> session.err().line(finding.line())).run();
    return worst.compareTo(Level.ERROR) >= 0 ? 1 : 0;
  }
}
