package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.Planner;
import emblema.publisher.master.publish.PlanPublisher;
import emblema.publisher.master.select.MasterTree;
import emblema.store.file.FileRepository;
import java.util.List;
import java.util.Optional;

/** {@code pkgmaster publish}: the next release of a master tree. */
final class PublishCommand implements Command {
  /** The old state is what was published, without a tree as evidence. */
  private static final String REPOSITORY_ONLY = "repo:";

  @Override
  public Syntax syntax() {
    return PlanOptions.addTo(
            Syntax.of("publish what turns the old master tree into the new one")
                .value("-A", "tree", "the master tree of the last release, or 'repo:'")
                .value("-R", "tree", "the new master tree"))
        .flag("-n", "plan only; publish nothing");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    MasterOptions trees = new MasterOptions(arguments, session);
    PlanOptions options = new PlanOptions(arguments, session, trees);
    try (FileRepository repository = options.repository()) {
      return finish(
          plan(arguments, trees, options, repository), repository, arguments, session, trees);
    }
  }

  /** Reads both trees and plans. */
  static Plan plan(
      Arguments arguments, MasterOptions trees, PlanOptions options, FileRepository repository) {
    Optional<MasterTree> old =
        arguments.required("-A").equals(REPOSITORY_ONLY)
            ? Optional.empty()
            : Optional.of(trees.reader().read(trees.tree("-A"), false));
    MasterTree now = trees.reader().read(trees.tree("-R"), true);
    return new Planner(
            repository, List.copyOf(options.references()), options.request(repository, now))
        .next(old, now);
  }

  /** Publishes unless only planned, and says what. */
  static int finish(
      Plan plan,
      FileRepository repository,
      Arguments arguments,
      Session session,
      MasterOptions trees) {
    boolean dry = arguments.has("-n");
    if (!dry) {
      new PlanPublisher(repository, session.clock(), trees.threads(), trees.events()).publish(plan);
    }
    if (!arguments.has("-q")) {
      PlanSummary.print(plan, dry, arguments.count("-v"), session);
    }
    return 0;
  }
}
