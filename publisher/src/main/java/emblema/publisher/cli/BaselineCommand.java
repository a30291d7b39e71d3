package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.Planner;
import emblema.publisher.master.select.MasterTree;
import emblema.store.file.FileRepository;

/** {@code pkgmaster baseline}: the first publication of a master tree. */
final class BaselineCommand implements Command {
  @Override
  public Syntax syntax() {
    return PlanOptions.addTo(
            Syntax.of("publish a master tree for the first time")
                .value("-R", "tree", "the master tree"))
        .flag("-n", "plan only; publish nothing");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    MasterOptions trees = new MasterOptions(arguments, session);
    PlanOptions options = new PlanOptions(arguments, session, trees);
    try (FileRepository repository = options.repository()) {
      MasterTree now = trees.reader().read(trees.tree("-R"), true);
      Plan plan =
          new Planner(
                  repository,
                  java.util.List.copyOf(options.references()),
                  options.request(repository, now))
              .baseline(now);
      return PublishCommand.finish(plan, repository, arguments, session, trees);
    }
  }
}
