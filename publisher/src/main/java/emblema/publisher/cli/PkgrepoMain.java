package emblema.publisher.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;
import emblema.cli.Syntax;

/** The command {@code pkgrepo}: makes and manages package repositories (spec pkgrepo). */
public final class PkgrepoMain {
  static final String VERSION = "0.1.0";

  private PkgrepoMain() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program, for tests and manual pages. */
  public static Program program() {
    return new Program("pkgrepo", "make and manage package repositories")
        .globals(
            RepositoryChoice.repository(Syntax.of(""))
                .list("-D --debug", "name=value", "accepted and ignored"))
        .group("Repositories")
        .command("create", RepositoryCreateCommand::new)
        .command("info", RepositoryInfoCommand::new)
        .command("get", RepositoryGetCommand::new)
        .command("set", RepositorySetCommand::new)
        .command("add-publisher", RepositoryAddPublisherCommand::new)
        .alias("add_publisher", "add-publisher")
        .command("remove-publisher", RepositoryRemovePublisherCommand::new)
        .alias("remove_publisher", "remove-publisher")
        .command("version", RepositoryVersionCommand::new)
        .command("log", RepositoryLogCommand::new)
        .command("diff", RepositoryDiffCommand::new)
        .command("verify", RepositoryVerifyCommand::new)
        .command("fix", RepositoryFixCommand::new)
        .group("Packages")
        .command("list", RepositoryListCommand::new)
        .command("contents", RepositoryContentsCommand::new)
        .command("remove", RepositoryRemoveCommand::new)
        .command("sweep", RepositorySweepCommand::new)
        .command("refresh", () -> new RepositoryRefreshCommand(false))
        .command("rebuild", () -> new RepositoryRefreshCommand(true));
  }
}
