package emblema.image.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;
import emblema.cli.Syntax;

/** The package client. */
public final class Pkg {
  /** What {@code pkg version} prints and histories record. */
  static final String VERSION = "0.1.0";

  private Pkg() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  /** The program with all its subcommands; {@code PkgDocs} and tests read it too. */
  public static Program program() {
    Program program =
        new Program("pkg", "install, update and inspect packages")
            .globals(
                Syntax.of("")
                    .value("-R", "dir", "work on the image whose root is this directory")
                    .list("-D --debug", "name=value", "set a debugging value; ignored")
                    .flag("--no-network-cache", "ask caches on the network not to answer"))
            .zeroOnNothing("PKG_SUCCESS_ON_NOP");
    packages(program);
    information(program);
    publishers(program);
    constraints(program);
    settings(program);
    return program;
  }

  private static void packages(Program program) {
    program
        .group("Packages")
        .command("install", InstallCommand::new)
        .command("update", UpdateCommand::new)
        .alias("image-update", "update")
        .command("uninstall", UninstallCommand::new)
        .command("fix", FixCommand::new)
        .command("revert", RevertCommand::new);
  }

  private static void information(Program program) {
    program
        .group("Package information")
        .command("list", ListCommand::new)
        .command("info", InfoCommand::new)
        .command("contents", ContentsCommand::new)
        .command("search", SearchCommand::new)
        .command("rebuild-index", RebuildIndexCommand::new)
        .command("verify", VerifyCommand::new)
        .command("history", HistoryCommand::new)
        .command("purge-history", PurgeHistoryCommand::new);
  }

  private static void publishers(Program program) {
    program
        .group("Publishers")
        .command("publisher", PublisherCommand::new)
        .command("set-publisher", SetPublisherCommand::new)
        .command("unset-publisher", UnsetPublisherCommand::new)
        .command("refresh", RefreshCommand::new);
  }

  private static void constraints(Program program) {
    program
        .group("Constraints")
        .command("avoid", () -> new AvoidCommand(true))
        .command("unavoid", () -> new AvoidCommand(false))
        .command("freeze", FreezeCommand::new)
        .command("unfreeze", UnfreezeCommand::new)
        .command("facet", () -> new VarcetCommand(true))
        .command("variant", () -> new VarcetCommand(false))
        .command("mediator", MediatorCommand::new);
  }

  private static void settings(Program program) {
    program
        .group("Image")
        .command("image-create", ImageCreateCommand::new)
        .command("property", PropertyCommand::new)
        .command("set-property", () -> new ChangePropertyCommand(ChangePropertyCommand.Kind.SET))
        .command(
            "add-property-value", () -> new ChangePropertyCommand(ChangePropertyCommand.Kind.ADD))
        .command(
            "remove-property-value",
            () -> new ChangePropertyCommand(ChangePropertyCommand.Kind.REMOVE))
        .command(
            "unset-property", () -> new ChangePropertyCommand(ChangePropertyCommand.Kind.UNSET))
        .command("version", VersionCommand::new);
  }
}
