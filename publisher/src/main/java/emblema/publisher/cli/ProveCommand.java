package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.core.fmri.Version;
import emblema.core.io.RealDisk;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.prove.ProcessClient;
import emblema.publisher.master.prove.Proof;
import emblema.publisher.master.report.PlanDirectory;
import emblema.publisher.master.report.PlanRecord;
import emblema.store.file.FileRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code pkgmaster prove}: lets the client show that a plan does what it says. */
final class ProveCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("prove a plan with two scratch images")
        .intermixed()
        .operand("plandir")
        .list("--from", "release", "update from this release instead of the last; may be repeated")
        .value("--pkg", "command", "the client's command; default: pkg")
        .value("-d", "dir", "a new directory for the copy of the repository and the images");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    PlanRecord record;
    try (RealDisk disk = RealDisk.open(session.resolve(arguments.operand(0)))) {
      record = new PlanDirectory(disk).record();
    }
    Replanning again = Replanning.of(record, session);
    try (FileRepository repository = again.repository()) {
      Plan plan = again.plan(repository);
      PublishCommand.requireReviewed(
          plan, PlanRecord.of(plan, List.of(), ""), session.resolve(arguments.operand(0)));
      Path scratch = scratch(arguments, session);
      String line = plan.request().release().line();
      List<Version> from =
          arguments.values("--from").stream()
              .map(release -> Version.parse(line + ",5.11-" + release))
              .toList();
      List<String> command = List.of(arguments.value("--pkg", "pkg").split(" "));
      new Proof(
              plan,
              again.reader(),
              new ProcessClient(command),
              scratch,
              session.clock(),
              session.events())
          .run(repository.root(), from);
      session
          .out()
          .line(
              "Proven: a fresh image and an updated one are the new tree; both are in " + scratch);
    }
    return 0;
  }

  private static Path scratch(Arguments arguments, Session session) {
    Path directory =
        arguments
            .value("-d")
            .map(session::resolve)
            .orElseGet(
                () ->
                    session
                        .resolve(arguments.operand(0))
                        .resolveSibling(
                            "proof-" + session.resolve(arguments.operand(0)).getFileName()));
    DirectoryMaker.require(directory);
    try (RealDisk disk = RealDisk.open(directory)) {
      if (!disk.list(emblema.core.io.SafePath.ROOT).isEmpty()) {
        throw new UsageException(
            "'" + directory + "' is not empty", "give a new directory with -d");
      }
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UsageException("'" + directory + "' cannot be used: " + e.getMessage());
    }
  }
}
