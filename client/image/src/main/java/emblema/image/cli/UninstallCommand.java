package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.image.change.ChangeRequest;
import emblema.image.plan.Wish;
import java.util.List;

/** Removes packages that no installed one requires (spec client-cli, 4.3). */
final class UninstallCommand implements Command {
  @Override
  public Syntax syntax() {
    return ChangeOptions.common(Syntax.of("remove packages"))
        .flag("--ignore-missing", "pass over names that are not installed")
        .operands("pkg_fmri_pattern", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Wish wish =
        new Wish(
            Wish.Kind.UNINSTALL,
            Wish.parse(arguments.operands()),
            List.of(),
            arguments.has("--ignore-missing"));
    return new ChangeRun("uninstall", arguments, session)
        .run(new ChangeRequest(wish, false, true, ChangeOptions.environment(arguments)));
  }
}
