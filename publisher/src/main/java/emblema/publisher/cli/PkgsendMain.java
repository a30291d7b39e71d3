package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;
import emblema.cli.Syntax;

/** The command {@code pkgsend}: publishes packages (spec pkgsend). */
public final class PkgsendMain {
  private PkgsendMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgsend", "publish packages")
        .globals(
            Syntax.of("")
                .value("-s", "repository", "where to publish: a path, file:// or http:// address")
                .list("-D --debug", "name=value", "'allow-timestamp' keeps that of pkg.fmri"))
        .command("generate", SendGenerateCommand::new)
        .command("publish", SendPublishCommand::new)
        .command("create-repository", SendCreateRepositoryCommand::new)
        .group("Step by step")
        .command("open", () -> new SendOpenCommand(false))
        .command("append", () -> new SendOpenCommand(true))
        .command("add", SendAddCommand::new)
        .command("include", SendIncludeCommand::new)
        .command("import", SendImportCommand::new)
        .command("close", SendCloseCommand::new)
        .group("Repository")
        .command("refresh-index", SendRefreshIndexCommand::new);
  }
}
