package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.image.change.ChangeRequest;
import emblema.image.plan.Wish;

/** Installs packages, or updates them to the newest version allowed (spec client-cli, 4.2). */
final class InstallCommand implements Command {
  @Override
  public Syntax syntax() {
    return ChangeOptions.fetching(Syntax.of("install packages, or update them"))
        .operands("pkg_fmri_pattern", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Wish wish =
        new Wish(
            Wish.Kind.INSTALL,
            Wish.parse(arguments.operands()),
            Wish.parse(arguments.values("--reject")),
            false);
    return new ChangeRun("install", arguments, session)
        .run(
            new ChangeRequest(
                wish,
                !arguments.has("--no-refresh"),
                arguments.has("--accept"),
                ChangeOptions.environment(arguments)));
  }
}
