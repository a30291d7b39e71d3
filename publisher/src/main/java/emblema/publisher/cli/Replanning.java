package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Launcher;
import emblema.cli.Program;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.ConflictException;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.report.PlanRecord;
import emblema.publisher.master.select.TreeReader;
import emblema.store.file.FileRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a plan directory again, from its recorded arguments. */
final class Replanning implements Command {
  private final boolean first;
  private @Nullable Arguments arguments;
  private @Nullable MasterOptions trees;
  private @Nullable PlanOptions options;

  private Replanning(boolean first) {
    this.first = first;
  }

  static Replanning of(PlanRecord record, Session session) {
    Replanning replanning = new Replanning(record.oldTree().isEmpty());
    Program program = new Program("pkgmaster", "plan again").command("plan", () -> replanning);
    List<String> words = new java.util.ArrayList<>(record.words());
    words.addFirst("plan");
    int status =
        Launcher.run(
            program,
            words,
            new Session.Surroundings(
                session.console(),
                session.environment(),
                Path.of(record.directory()),
                session.clock()));
    if (status != 0) {
      throw new ConflictException("the plan cannot be made again");
    }
    return replanning;
  }

  @Override
  public Syntax syntax() {
    return PlanOptions.addTo(
        Syntax.of("plan again")
            .value("-A", "tree", "the old tree")
            .value("-R", "tree", "the new tree"));
  }

  @Override
  public int run(Arguments given, Session session) {
    arguments = given;
    trees = new MasterOptions(given, session);
    options = new PlanOptions(given, session, trees);
    return 0;
  }

  FileRepository repository() {
    return Objects.requireNonNull(options).repository();
  }

  TreeReader reader() {
    return Objects.requireNonNull(trees).reader();
  }

  Plan plan(FileRepository repository) {
    Arguments given = Objects.requireNonNull(arguments);
    MasterOptions opened = Objects.requireNonNull(trees);
    PlanOptions chosen = Objects.requireNonNull(options);
    return first
        ? PlanCommand.first(given, opened, chosen, repository)
        : PlanCommand.next(given, opened, chosen, repository);
  }
}
