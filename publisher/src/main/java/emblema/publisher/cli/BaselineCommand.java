package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.publisher.master.rule.Rules;

/** {@code pkgmaster baseline}: the first publication of a master tree. */
final class BaselineCommand implements Command {
  private final Rules rules;

  BaselineCommand() {
    this(Rules.NONE);
  }

  /**
   * @param rules after those of the options
   */
  BaselineCommand(Rules rules) {
    this.rules = rules;
  }

  @Override
  public Syntax syntax() {
    return MasterRun.addTo(
        PlanOptions.addTo(
            Syntax.of("publish a master tree for the first time")
                .value("-R", "tree", "the master tree, or a Flash archive")));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    return new MasterRun(arguments, session, rules).publish(PlanCommand::first);
  }
}
