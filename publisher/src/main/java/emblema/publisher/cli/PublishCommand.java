package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Launcher;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.core.io.RealDisk;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.report.PlanDirectory;
import emblema.publisher.master.report.PlanRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code pkgmaster publish}: the next release of a master tree, or a plan that was reviewed. */
final class PublishCommand implements Command {
  @Override
  public Syntax syntax() {
    return MasterRun.addTo(
        PlanOptions.addTo(
            Syntax.of("publish what turns the old master tree into the new one")
                .value("-A", "tree", "the last release's tree or archive, 'be:NAME' or 'repo:'")
                .value(
                    "-R",
                    "tree",
                    "the new master tree, or a Flash archive; a differential one changes the tree"
                        + " of -A")
                .operands("plandir", 0, 1)
                .intermixed()));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    if (!arguments.operands().isEmpty()) {
      return reviewed(arguments, session);
    }
    return new MasterRun(arguments, session).publish(PlanCommand::next);
  }

  /** Makes the plan again and publishes it if it is still the one that was reviewed. */
  private static int reviewed(Arguments arguments, Session session) {
    if (arguments.has("-A") || arguments.has("-R")) {
      throw new UsageException("give either a plan or trees, not both");
    }
    Path directory = session.resolve(arguments.operand(0));
    PlanRecord record;
    try (RealDisk disk = RealDisk.open(directory)) {
      record = new PlanDirectory(disk).record();
    }
    List<String> words = new ArrayList<>();
    words.add(record.oldTree().isEmpty() ? "baseline" : "publish");
    words.addAll(record.words());
    words.addAll(List.of("--reviewed", directory.toString()));
    for (String flag : List.of("-n", "-q")) {
      if (arguments.has(flag)) {
        words.add(flag);
      }
    }
    arguments.value("--format").ifPresent(format -> words.addAll(List.of("--format", format)));
    for (String option : MasterSigning.OPTIONS) {
      for (String file : arguments.values(option)) {
        words.addAll(List.of(option, session.resolve(file).toString()));
      }
    }
    return Launcher.run(
        PkgmasterMain.program(),
        words,
        new Session.Surroundings(
            session.console(),
            session.environment(),
            Path.of(record.directory()),
            session.clock()));
  }

  /** For the plan a reader wants to see again. */
  static void requireReviewed(Plan plan, PlanRecord now, Path directory) {
    try (RealDisk disk = RealDisk.open(directory)) {
      new PlanDirectory(disk).requireSame(plan, now);
    }
  }
}
