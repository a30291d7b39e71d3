package emblema.bootenv.cli;

import emblema.cli.Launcher;
import emblema.cli.Program;
import emblema.cli.Syntax;

/**
 * {@code beadm}: list, make, activate and remove boot environments (spec boot-environments, §2).
 */
public final class Beadm {
  private Beadm() {}

  public static void main(String[] args) {
    Launcher.main(program(), args);
  }

  public static Program program() {
    return new Program("beadm", "manage boot environments")
        .globals(
            Syntax.of("")
                .value("-r --root", "dir", "the environment root: the directory that holds them"))
        .whenNone("list")
        .command("list", ListCommand::new)
        .command("create", CreateCommand::new)
        .command("activate", ActivateCommand::new)
        .command("mount", MountCommand::new)
        .command("unmount", UnmountCommand::new)
        .alias("umount", "unmount")
        .command("rename", RenameCommand::new)
        .command("destroy", DestroyCommand::new)
        .command("init", InitCommand::new)
        .command("boot", BootCommand::new)
        .section(
            "Environment root",
            """
            Boot environments are directory trees below one directory. It is the one that -r names, \
            or else the variable EMBLEMA_BE_ROOT, or else the nearest one at or above the current \
            directory. An environment's tree is ROOT/be/NAME; ROOT/booted and ROOT/next are links to \
            the one that is active now and to the one that is active on the next boot.
            """)
        .section(
            "Exit status",
            """
            0: done. 1: failed; nothing was changed. 2: the command line makes no sense. 7: another \
            process is changing the environments. 51: a privilege is missing.
            """);
  }
}
