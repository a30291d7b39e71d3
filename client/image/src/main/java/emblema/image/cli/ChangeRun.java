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

  int run(ChangeRequest request) {
    try (OpenImage open = OpenImage.of(session)) {
      return run(request, open, LiveServices.of(open.image(), arguments, session, events()));
    }
  }

  private int run(ChangeRequest request, OpenImage open, Services services) {
    try (RunningEnvironment environment = RunningEnvironment.of(open.image(), session);
        UpdateTransaction transaction = transaction(open, environment, services)) {
      if (arguments.has("-n")) {
        try (FileLock lock = open.lock()) {
          boolean nothing = plan(open, transaction, request).plan().isEmpty();
          transaction.forgetTemporary();
          return nothing ? NOTHING : 0;
        }
      }
      return OpenImage.recorder(session)
          .record(
              transaction::history,
              operation,
              record -> {
                int status = change(open, transaction, request, record);
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
      OpenImage open,
      UpdateTransaction transaction,
      ChangeRequest request,
      Recorder.Operation record) {
    try (FileLock lock = open.lock()) {
      PlannedChange planned = plan(open, transaction, request);
      if (planned.plan().isEmpty()) {
        transaction.forgetTemporary();
        throw new NothingToDoException("nothing to do");
      }
      record.planned(ChangeText.forHistory(planned.plan()));
      ChangeResult result = transaction.execute(planned, request);
      record.done(ChangeText.forHistory(planned.plan()));
      result.source().ifPresent(name -> record.environment("be", name));
      result.newEnvironment().ifPresent(name -> record.environment("new_be", name));
      session.console().clearStatus();
      ChangeText.report(result, session, isQuiet());
      return 0;
    }
  }

  /** Makes the plan and shows it in the way that the options ask for. */
  private PlannedChange plan(OpenImage open, UpdateTransaction transaction, ChangeRequest request) {
    PlannedChange planned = transaction.plan(request);
    session.console().clearStatus();
    var mediators = open.image().config().mediators();
    boolean activates = request.environment().activate();
    Wish.Kind kind = request.wish().kind();
    if (arguments.has("--parsable")) {
      session.out().line(PlanJson.text(planned, mediators, activates));
    } else if (arguments.has("-q")) {
      return planned;
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
    return planned;
  }

  private boolean isQuiet() {
    return arguments.has("-q") || arguments.has("--parsable");
  }

  private EventSink events() {
    return isQuiet() ? session.quietEvents() : session.events();
  }
}
