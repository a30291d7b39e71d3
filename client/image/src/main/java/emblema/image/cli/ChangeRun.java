package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.NothingToDoException;
import emblema.core.event.EventSink;
import emblema.core.io.FileLock;
import emblema.image.change.ChangeRequest;
import emblema.image.change.ChangeResult;
import emblema.image.change.PlannedChange;
import emblema.image.change.UpdateTransaction;
import emblema.image.image.Recorder;
import emblema.image.plan.Wish;
import emblema.image.service.Services;
import emblema.image.transport.Transport;
import java.util.List;

/** Runs one change of packages for a command: plan, show, carry out, report. */
final class ChangeRun {
  private static final int NOTHING = 4;
  private static final int TRANSFERS = 4;

  private final String operation;
  private final Arguments arguments;
  private final Session session;

  ChangeRun(String operation, Arguments arguments, Session session) {
    this.operation = operation;
    this.arguments = arguments;
    this.session = session;
  }

  /**
   * What one command does within a run.
   *
   * @param planning makes the plan; the image is locked
   * @param showing shows it in the way that the options ask for
   * @param acceptLicences whether the user agrees to all licences
   * @param activate whether a new environment is started at the next boot
   */
  record Job(Planning planning, Showing showing, boolean acceptLicences, boolean activate) {}

  @FunctionalInterface
  interface Planning {
    PlannedChange plan(OpenImage open, UpdateTransaction transaction);
  }

  @FunctionalInterface
  interface Showing {
    void show(OpenImage open, PlannedChange planned);
  }

  int run(ChangeRequest request) {
    return run(
        new Job(
            (open, transaction) -> transaction.plan(request),
            (open, planned) -> show(open, planned, request),
            request.acceptLicences(),
            request.environment().activate()));
  }

  int run(Job job) {
    try (OpenImage open = OpenImage.of(session)) {
      return run(job, open, LiveServices.of(open.image(), arguments, session, events()));
    }
  }

  private int run(Job job, OpenImage open, Services services) {
    try (RunningEnvironment environment = RunningEnvironment.of(open.image(), session);
        UpdateTransaction transaction = transaction(open, environment, services)) {
      if (arguments.has("-n")) {
        try (FileLock lock = open.lock()) {
          boolean nothing = plan(open, transaction, job).plan().isEmpty();
          transaction.forgetTemporary();
          return nothing ? NOTHING : 0;
        }
      }
      return OpenImage.recorder(session)
          .record(
              transaction::history,
              operation,
              record -> {
                int status = change(open, transaction, job, record);
                services.requireInTime();
                return status;
              });
    } catch (NothingToDoException e) {
      return NOTHING;
    }
  }

  private UpdateTransaction transaction(
      OpenImage open, RunningEnvironment environment, Services services) {
    UpdateTransaction.Surroundings around =
        new UpdateTransaction.Surroundings(
            image -> new Transport(image, open.opener(), events(), TRANSFERS, temporary()),
            events(),
            session.clock(),
            session.program(),
            services);
    return new UpdateTransaction(open.image(), environment.live(), around);
  }

  /** Origins for this operation only. */
  private List<String> temporary() {
    boolean fetches = operation.equals("install") || operation.equals("update");
    return fetches
        ? arguments.values("-g").stream().map(OpenImage.origins(session)::normalize).toList()
        : List.of();
  }

  private int change(
      OpenImage open, UpdateTransaction transaction, Job job, Recorder.Operation record) {
    try (FileLock lock = open.lock()) {
      PlannedChange planned = plan(open, transaction, job);
      if (planned.plan().isEmpty()) {
        transaction.forgetTemporary();
        throw new NothingToDoException("nothing to do");
      }
      record.planned(ChangeText.forHistory(planned.plan()));
      ChangeResult result = transaction.execute(planned, job.acceptLicences(), job.activate());
      record.done(ChangeText.forHistory(planned.plan()));
      result.source().ifPresent(name -> record.environment("be", name));
      result.newEnvironment().ifPresent(name -> record.environment("new_be", name));
      session.console().clearStatus();
      ChangeText.report(result, session, isQuiet());
      return 0;
    }
  }

  private PlannedChange plan(OpenImage open, UpdateTransaction transaction, Job job) {
    PlannedChange planned = job.planning().plan(open, transaction);
    session.console().clearStatus();
    job.showing().show(open, planned);
    return planned;
  }

  /** The plan of a repair, for people. */
  static List<String> repairLines(OpenImage open, PlannedChange planned, Arguments arguments) {
    return planned.plan().isEmpty()
        ? List.of("No updates necessary for this image.")
        : PlanDisplay.lines(
            planned,
            open.image().config().mediators(),
            new PlanDisplay.Detail(
                !arguments.has("--no-be-activate"), false, arguments.count("-v"), false));
  }

  private void show(OpenImage open, PlannedChange planned, ChangeRequest request) {
    var mediators = open.image().config().mediators();
    boolean activates = request.environment().activate();
    Wish.Kind kind = request.wish().kind();
    if (arguments.has("--parsable")) {
      session.out().line(PlanJson.text(planned, mediators, activates));
    } else if (arguments.has("-q")) {
      return;
    } else if (planned.plan().isEmpty()) {
      boolean updating = kind == Wish.Kind.UPDATE || kind == Wish.Kind.UPDATE_ALL;
      session
          .out()
          .line(
              updating
                  ? "No updates available for this image."
                  : "No updates necessary for this image.");
      for (String paragraph : planned.choice().solution().standstill()) {
        session.out().line("");
        paragraph.lines().forEach(session.out()::line);
      }
    } else {
      boolean uninstalling = kind == Wish.Kind.UNINSTALL;
      boolean allLicences = !uninstalling && arguments.has("--licenses");
      PlanDisplay.lines(
              planned,
              mediators,
              new PlanDisplay.Detail(activates, allLicences, arguments.count("-v"), !uninstalling))
          .forEach(session.out()::line);
    }
  }

  boolean isQuiet() {
    return arguments.has("-q") || arguments.has("--parsable");
  }

  EventSink events() {
    return isQuiet() ? session.quietEvents() : session.events();
  }
}
