package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Output;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.publish.PlanPublisher;
import emblema.publisher.master.report.PlanData;
import emblema.publisher.master.report.PlanRecord;
import emblema.publisher.master.report.PlanReport;
import emblema.publisher.master.rule.Rules;
import emblema.store.file.FileRepository;

/** What publishing subcommands share: plan, check against a reviewed plan, publish, report. */
final class MasterRun {
  private static final int SHOWN = 20;

  private final Arguments arguments;
  private final Session session;
  private final Rules rules;

  MasterRun(Arguments arguments, Session session) {
    this(arguments, session, Rules.NONE);
  }

  /**
   * @param rules after those of the options
   */
  MasterRun(Arguments arguments, Session session, Rules rules) {
    this.arguments = arguments;
    this.session = session;
    this.rules = rules;
  }

  static Syntax addTo(Syntax syntax) {
    return MasterSigning.addTo(syntax)
        .flag("-n", "plan only; publish nothing")
        .value("--reviewed", "plandir", "publish only if this plan still holds");
  }

  /** Makes a plan from the options. */
  interface Planning {
    Plan plan(
        Arguments arguments, MasterOptions trees, PlanOptions options, FileRepository repository);
  }

  int publish(Planning planning) {
    MasterSigning signing = new MasterSigning(arguments, session);
    MasterOptions trees = new MasterOptions(arguments, session, 0, rules);
    PlanOptions options = new PlanOptions(arguments, session, trees);
    try (FileRepository repository = options.repository()) {
      Plan plan = planning.plan(arguments, trees, options, repository);
      arguments
          .value("--reviewed")
          .ifPresent(
              directory ->
                  PublishCommand.requireReviewed(
                      plan,
                      PlanRecord.of(plan, java.util.List.of(), ""),
                      session.resolve(directory)));
      boolean dry = arguments.has("-n");
      if (!dry) {
        signing.sign(
            new PlanPublisher(repository, session.clock(), trees.threads(), trees.events())
                .publish(plan));
      }
      if (!arguments.has("-q")) {
        report(plan, dry ? "Would publish" : "Published");
      }
      return 0;
    }
  }

  /** The plan on one terminal page, all of it with {@code -v}; or for programs. */
  void report(Plan plan, String verb) {
    Output out = session.out();
    switch (arguments.value("--format", "text")) {
      case "json" -> out.line(PlanData.json(plan));
      case "tsv" -> PlanData.tsv(plan).forEach(out::line);
      default -> text(plan, verb, out);
    }
  }

  private void text(Plan plan, String verb, Output out) {
    out.line(
        verb
            + " release "
            + plan.request().release().version().toShortString()
            + " for "
            + plan.request().publisher());
    int verbose = arguments.count("-v");
    PlanReport.lines(plan, verbose > 0 ? Integer.MAX_VALUE : SHOWN, verbose > 0).forEach(out::line);
  }
}
