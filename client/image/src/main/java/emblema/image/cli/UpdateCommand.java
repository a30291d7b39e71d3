package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.image.change.ChangeRequest;
import emblema.image.plan.Wish;

/** Updates the named packages, or all (spec client-cli, 4.4). */
final class UpdateCommand implements Command {
  @Override
  public Syntax syntax() {
    return ChangeOptions.fetching(Syntax.of("update all or the named packages"))
        .flag("-f", "accepted for compatibility: the client is not one of the packages")
        .flag("--ignore-missing", "pass over names that are not installed")
        .operands("pkg_fmri_pattern", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Wish wish =
        Wish.update(
            arguments.operands(), arguments.values("--reject"), arguments.has("--ignore-missing"));
    return new ChangeRun("update", arguments, session)
        .run(
            new ChangeRequest(
                wish,
                !arguments.has("--no-refresh"),
                arguments.has("--accept"),
                ChangeOptions.environment(arguments)));
  }
}
