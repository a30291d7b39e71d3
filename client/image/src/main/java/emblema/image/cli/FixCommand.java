package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.fmri.Fmri;
import emblema.image.change.EnvironmentWish;
import emblema.image.change.PlannedChange;
import emblema.image.image.StateEntry;
import emblema.image.plan.Repair;
import emblema.image.transport.Transport;
import emblema.image.trust.ImageTrust;
import emblema.image.verify.Finding;
import emblema.image.verify.PackageReport;
import emblema.image.verify.Unpackaged;
import emblema.image.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts right what verification finds wrong (spec client-cli, section 4.13). */
final class FixCommand implements Command {
  @Override
  public Syntax syntax() {
    return ChangeOptions.common(
            Syntax.of("put what differs from the installed packages as the packages have it"))
        .flag("--accept", "agree to and accept the licenses of all packages")
        .flag("--licenses", "accepted for compatibility: licences do not change")
        .flag("--unpackaged", "report also what no package delivers")
        .operands("pkg_fmri_pattern", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    ChangeRun run = new ChangeRun("fix", arguments, session);
    EnvironmentWish wish = ChangeOptions.environment(arguments);
    List<PackageReport> reports = new ArrayList<>();
    int status =
        run.run(
            new ChangeRun.Job(
                (open, transaction) -> {
                  reports.addAll(verify(open, run, arguments));
                  return transaction.planRepair(repairs(reports), List.of(), wish);
                },
                (open, planned) -> show(open, planned, reports, arguments, session),
                true,
                wish.activate()));
    boolean isLeft =
        reports.stream()
            .flatMap(
                report ->
                    report.findings().stream()
                        .filter(finding -> finding.level() == Finding.Level.ERROR)
                        .map(finding -> new Repair(report.fmri(), finding.action())))
            .anyMatch(repair -> !repair.isPossible());
    return (status == 0 || status == 4) && isLeft ? 1 : status;
  }

  private static List<PackageReport> verify(OpenImage open, ChangeRun run, Arguments arguments) {
    List<PackageReport> broken = new ArrayList<>();
    try (Transport transport = open.transport(run.events())) {
      ImageTrust trust = new ImageTrust(open.image(), transport, open.now());
      new Verifier(open.image(), trust, run.events(), Runtime.getRuntime().availableProcessors())
          .verify(
              VerifyCommand.wanted(open.image(), arguments.operands()),
              Set.of(),
              report -> {
                if (report.isBroken()) {
                  broken.add(report);
                }
              });
    }
    return broken;
  }

  private static List<Repair> repairs(List<PackageReport> reports) {
    List<Repair> repairs = new ArrayList<>();
    for (PackageReport report : reports) {
      for (Finding finding : report.findings()) {
        Repair repair = new Repair(report.fmri(), finding.action());
        if (finding.level() == Finding.Level.ERROR && repair.isPossible()) {
          repairs.add(repair);
        }
      }
    }
    return repairs;
  }

  private static void show(
      OpenImage open,
      PlannedChange planned,
      List<PackageReport> reports,
      Arguments arguments,
      Session session) {
    VerifyReport report = new VerifyReport(arguments, session, true);
    boolean says = reports.isEmpty() || !planned.plan().isEmpty();
    if (says && !arguments.has("-q") && !arguments.has("--parsable")) {
      ChangeRun.repairLines(open, planned, arguments).forEach(session.out()::line);
    }
    Set<Fmri> repaired = Set.copyOf(planned.plan().affected());
    for (PackageReport each : reports) {
      if (!arguments.has("-n")) {
        report.title(
            repaired.contains(each.fmri()) ? "Repairing: " : "Could not repair: ", each.fmri());
      }
      report.add(each);
    }
    if (arguments.has("--unpackaged")) {
      report.addUnpackaged(
          new Unpackaged(
              open.image(),
              open.image().state().installed().stream().map(StateEntry::fmri).toList()));
    }
    if (arguments.has("--parsable")) {
      session
          .out()
          .line(
              PlanJson.text(
                  planned,
                  open.image().config().mediators(),
                  !arguments.has("--no-be-activate"),
                  report.messages()));
    }
  }
}
