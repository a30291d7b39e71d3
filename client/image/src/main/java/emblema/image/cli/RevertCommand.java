package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.FileAction;
import emblema.core.action.LinkAction;
import emblema.core.attribute.Attributes;
import emblema.core.error.NotFoundException;
import emblema.core.io.Stat;
import emblema.image.change.EnvironmentWish;
import emblema.image.image.StateEntry;
import emblema.image.plan.Repair;
import emblema.image.plan.Step;
import emblema.image.transport.Transport;
import emblema.image.trust.ImageTrust;
import emblema.image.verify.Finding;
import emblema.image.verify.PackageReport;
import emblema.image.verify.Revertible;
import emblema.image.verify.Verifier;
import java.util.ArrayList;
import java.util.List;

/** Puts edited files back as their packages have them (spec client-cli, section 4.14). */
final class RevertCommand implements Command {
  @Override
  public Syntax syntax() {
    return ChangeOptions.common(
            Syntax.of("put files back as their packages have them, edits included"))
        .flag("--tagged", "the operands are tags, which packages have given to files")
        .operands("path_or_tag", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    ChangeRun run = new ChangeRun("revert", arguments, session);
    EnvironmentWish wish = ChangeOptions.environment(arguments);
    return run.run(
        new ChangeRun.Job(
            (open, transaction) -> {
              Revertible wanted = wanted(open, arguments);
              return transaction.planRepair(
                  repairs(open, run, wanted), removals(open, wanted), wish);
            },
            (open, planned) -> {
              if (arguments.has("--parsable")) {
                session
                    .out()
                    .line(
                        PlanJson.text(planned, open.image().config().mediators(), wish.activate()));
              } else if (!arguments.has("-q")) {
                ChangeRun.repairLines(open, planned, arguments).forEach(session.out()::line);
              }
            },
            true,
            wish.activate()));
  }

  private static Revertible wanted(OpenImage open, Arguments arguments) {
    Revertible wanted =
        arguments.has("--tagged")
            ? Revertible.tagged(open.image(), arguments.operands())
            : Revertible.atPaths(open.image(), arguments.operands());
    if (!wanted.unknown().isEmpty()) {
      throw new NotFoundException(
          "no installed package delivers a file at these paths",
          String.join("\n", wanted.unknown().stream().map(path -> "  " + path).toList()),
          List.of("'pkg contents -o path' lists what packages deliver"),
          null);
    }
    return wanted;
  }

  private static List<Repair> repairs(OpenImage open, ChangeRun run, Revertible wanted) {
    List<Repair> repairs = new ArrayList<>();
    if (wanted.files().isEmpty()) {
      return repairs;
    }
    try (Transport transport = open.transport(run.events())) {
      new Verifier(
              open.image(), new ImageTrust(open.image(), transport, open.now()), run.events(), 1)
          .verify(
              open.image().state().installed().stream().map(StateEntry::fmri).toList(),
              wanted.files(),
              report -> add(report, repairs));
    }
    return repairs;
  }

  private static void add(PackageReport report, List<Repair> repairs) {
    for (Finding finding : report.findings()) {
      if (finding.action() instanceof FileAction file && !file.preserve().equals("abandon")) {
        repairs.add(new Repair(report.fmri(), plain(file)));
      }
    }
  }

  /** Without the attribute that protects what a user has edited. */
  private static Action plain(FileAction file) {
    Attributes.Builder attributes = Attributes.builder();
    file.attributes()
        .forEach(
            (name, value) -> {
              if (!name.equals("preserve")) {
                attributes.add(name, value);
              }
            });
    return Action.of(ActionType.FILE, file.payload(), attributes.build());
  }

  /** What is cleared away goes to lost+found. */
  private static List<Step> removals(OpenImage open, Revertible wanted) {
    List<Step> removals = new ArrayList<>();
    for (Revertible.Leftover leftover : wanted.leftovers()) {
      String path = leftover.path().text();
      Stat.Kind kind = open.image().disk().stat(leftover.path()).orElseThrow().kind();
      removals.add(
          switch (kind) {
            case DIRECTORY -> new Step.RemoveDirectory(leftover.owner(), leftover.path(), false);
            case FILE ->
                new Step.RemoveFile(
                    leftover.owner(),
                    new FileAction(null, Attributes.of("path", path, "preserve", "true")));
            default ->
                new Step.RemoveLink(
                    leftover.owner(), new LinkAction(Attributes.of("path", path, "target", "")));
          });
    }
    return removals;
  }
}
