package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.io.RealDisk;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.Planner;
import emblema.publisher.master.report.PlanDirectory;
import emblema.publisher.master.report.PlanRecord;
import emblema.publisher.master.select.MasterTree;
import emblema.store.file.FileRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code pkgmaster plan}: everything that {@code publish} does but publishing. */
final class PlanCommand implements Command {
  /** Options that a later command gives anew. */
  private static final Set<String> ONLY_PLANNING = Set.of("--check-reproducible", "-q");

  @Override
  public Syntax syntax() {
    return PlanOptions.addTo(
            Syntax.of("plan what publishes the new master tree, for review")
                .value(
                    "-A",
                    "tree",
                    "the last release's tree or archive, 'be:NAME' or 'repo:'; without it plan a"
                        + " baseline")
                .value(
                    "-R",
                    "tree",
                    "the new master tree, or a Flash archive; a differential one changes the tree"
                        + " of -A"))
        .value("-o", "plandir", "write the plan into this new directory")
        .flag("--check-reproducible", "plan twice with different threads and compare");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    MasterOptions trees = new MasterOptions(arguments, session);
    PlanOptions options = new PlanOptions(arguments, session, trees);
    try (FileRepository repository = options.repository()) {
      Plan plan = any(arguments, trees, options, repository);
      if (arguments.has("--check-reproducible")) {
        MasterOptions again = new MasterOptions(arguments, session, trees.threads() + 3);
        Reproducible.check(
            plan, any(arguments, again, new PlanOptions(arguments, session, again), repository));
      }
      if (arguments.has("-o")) {
        Path directory = session.resolve(arguments.required("-o"));
        DirectoryMaker.require(directory);
        try (RealDisk disk = RealDisk.open(directory)) {
          new PlanDirectory(disk)
              .write(plan, PlanRecord.of(plan, words(session), session.directory().toString()));
        }
      }
      if (!arguments.has("-q")) {
        new MasterRun(arguments, session).report(plan, "Would publish");
      }
      return 0;
    }
  }

  /** The options as typed, without those that only planning has. */
  private static List<String> words(Session session) {
    List<String> words = new ArrayList<>();
    List<String> typed = session.commandLine();
    for (int i = typed.indexOf("plan") + 1; i < typed.size(); i++) {
      String word = typed.get(i);
      if (word.equals("-o") || word.equals("--format")) {
        i++;
      } else if (!ONLY_PLANNING.contains(word) && !word.matches("-o.+|-v+|--format=.*")) {
        words.add(word);
      }
    }
    return words;
  }

  private static Plan any(
      Arguments arguments, MasterOptions trees, PlanOptions options, FileRepository repository) {
    return arguments.has("-A")
        ? next(arguments, trees, options, repository)
        : first(arguments, trees, options, repository);
  }

  /** Plans the first release. */
  static Plan first(
      Arguments arguments, MasterOptions trees, PlanOptions options, FileRepository repository) {
    MasterTree now = trees.reader().read(trees.tree("-R"), true);
    return planner(options, repository, now).baseline(now);
  }

  /** Plans a later release. */
  static Plan next(
      Arguments arguments, MasterOptions trees, PlanOptions options, FileRepository repository) {
    arguments.required("-A");
    MasterOptions.Pair pair = trees.pair(true);
    return planner(options, repository, pair.now())
        .next(Optional.ofNullable(pair.old()), pair.now());
  }

  private static Planner planner(PlanOptions options, FileRepository repository, MasterTree now) {
    return new Planner(
        repository, List.copyOf(options.references()), options.request(repository, now));
  }
}
