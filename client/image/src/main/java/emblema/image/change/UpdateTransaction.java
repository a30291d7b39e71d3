package emblema.image.change;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.LicenceException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.SafePath;
import emblema.image.apply.Applied;
import emblema.image.image.History;
import emblema.image.image.Image;
import emblema.image.image.ImageConfig;
import emblema.image.plan.EditableChanges;
import emblema.image.plan.EnvironmentChoice;
import emblema.image.plan.Plan;
import emblema.image.plan.PlanInput;
import emblema.image.plan.PlannedLicence;
import emblema.image.plan.Planner;
import emblema.image.plan.Repair;
import emblema.image.plan.Step;
import emblema.image.service.Services;
import emblema.image.solve.ImageFacts;
import emblema.image.transport.Refreshed;
import emblema.image.transport.Transport;
import emblema.image.trust.ImageTrust;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One change of an image, from the wish to the saved state (spec planner-solver, section 1):
 *
 * <ol>
 *   <li>{@link #plan}: settle what an interrupted operation left, refresh what is due, solve, fetch
 *       manifests, check signatures, plan, decide about boot environments. Nothing of the image's
 *       content changes.
 *   <li>{@link #execute}: check licences and space, fetch content, carry out, save the state,
 *       switch the environment. All of it happens, or nothing of it is left.
 * </ol>
 *
 * The caller holds the image's lock from before the first until after the last.
 */
public final class UpdateTransaction implements AutoCloseable {

  /**
   * What surrounds a transaction.
   *
   * @param transports opens the way to the origins of an image
   * @param client the program's name, for locks
   * @param services those of the running system if the image is its root, else none
   */
  public record Surroundings(
      Function<Image, Transport> transports,
      EventSink events,
      Clock clock,
      String client,
      Services services) {}

  private final Image image;
  private final Optional<LiveEnvironment> live;
  private final Surroundings around;
  private final Transport transport;
  private final CachedPayloads payloads;
  private @Nullable NewEnvironment made;

  /**
   * @param live the boot environment that the image is, if it is the running one
   */
  public UpdateTransaction(Image image, Optional<LiveEnvironment> live, Surroundings around) {
    this.image = image;
    this.live = live;
    this.around = around;
    this.transport = around.transports().apply(image);
    this.payloads = new CachedPayloads(image, transport);
  }

  /** Errors: those of {@link Planner}, of fetching, and of decisions about environments. */
  public PlannedChange plan(ChangeRequest request) {
    try {
      return make(request);
    } catch (EmblemaException e) {
      forgetTemporary();
      throw e;
    }
  }

  /**
   * Ends a plan that is not carried out: what temporary origins offer is known no more. Carrying it
   * out does that too, but for a failure, after which the journal may still need to know it.
   */
  public void forgetTemporary() {
    transport.forgetTemporary(around.clock().instant());
  }

  /**
   * Plans to put objects as their packages have them.
   *
   * @param removals of what no package delivers, done first
   */
  public PlannedChange planRepair(
      List<Repair> repairs, List<? extends Step> removals, EnvironmentWish wish) {
    settle(wish);
    ImageFacts facts = Facts.of(image.config(), image.state());
    return planned(Planner.stay(facts), Planner.repair(input(facts), repairs, removals), wish);
  }

  private PlanInput input(ImageFacts facts) {
    return new PlanInput(
        facts, new ImageManifests(image), image.config().mediators(), image.layout().metadata());
  }

  private void settle(EnvironmentWish wish) {
    if (live.isEmpty() && wish.isNaming()) {
      throw new ConflictException(
          "a boot environment name was given, but '"
              + image.disk().root()
              + "' is not the running boot environment");
    }
    Recovery.settle(image, around.events());
    live.ifPresent(running -> new UnfinishedEnvironment(image).settle(running, around.events()));
    new SuspendedServices(image).settle(around.services(), around.events());
  }

  private PlannedChange make(ChangeRequest request) {
    settle(request.environment());
    if (request.refresh()) {
      refresh();
    }
    transport.addTemporary(around.clock().instant());
    ImageFacts facts = Facts.of(image.config(), image.state());
    Planner.Choice choice = Planner.solve(request.wish(), new StateUniverse(image.state()), facts);
    transport.fetchManifests(choice.coming(facts));
    new ImageTrust(image, transport, around.clock().instant()).require(choice.coming(facts));
    Plan plan = Planner.evaluate(input(facts), choice.solution());
    return planned(choice, plan, request.environment());
  }

  private PlannedChange planned(Planner.Choice choice, Plan plan, EnvironmentWish wish) {
    EnvironmentChoice place =
        plan.isEmpty()
            ? EnvironmentChoice.IN_PLACE
            : EnvironmentChoice.decide(
                live.isPresent(),
                wish.newEnvironment(),
                wish.backup(),
                EnvironmentChoice.Policy.of(image.config().property("be-policy").orElse("")),
                plan);
    return new PlannedChange(
        choice,
        plan,
        live.isPresent(),
        place,
        name(place, wish),
        live.flatMap(LiveEnvironment::otherNext),
        image.disk().space(SafePath.ROOT).freeBytes(),
        EditableChanges.of(plan, new DiskLook(image.disk())),
        licenceTexts(plan),
        noteLines(plan),
        image.state().lastModified());
  }

  private void refresh() {
    Refreshed refreshed = transport.refreshEnabled(around.clock().instant());
    refreshed
        .failures()
        .forEach(
            (publisher, failures) ->
                around
                    .events()
                    .emit(
                        new Event.Warning(
                            "the catalog of publisher '"
                                + publisher
                                + "' could not be refreshed: "
                                + failures.stream()
                                    .map(f -> String.valueOf(f.cause().getMessage()))
                                    .collect(Collectors.joining("; ")))));
  }

  private Optional<String> name(EnvironmentChoice place, EnvironmentWish wish) {
    return switch (place) {
      case IN_PLACE -> Optional.empty();
      case IN_PLACE_WITH_BACKUP -> live.map(l -> l.backupName(wish));
      case NEW -> live.map(l -> l.newName(wish));
    };
  }

  private Map<PlannedLicence, String> licenceTexts(Plan plan) {
    Map<PlannedLicence, String> texts = new HashMap<>();
    for (PlannedLicence licence : plan.licences()) {
      texts.put(licence, SmallText.read(payloads.content(licence.owner(), licence.licence())));
    }
    return texts;
  }

  private List<String> noteLines(Plan plan) {
    return plan.notes().stream()
        .flatMap(note -> SmallText.read(payloads.content(note.owner(), note.file())).lines())
        .toList();
  }

  /**
   * Carries out a plan that was just made under the same lock.
   *
   * @param acceptLicences whether the user agrees to all licences
   * @param activate whether a new environment is started at the next boot
   * @throws LicenceException if a licence is not accepted
   */
  public ChangeResult execute(PlannedChange planned, boolean acceptLicences, boolean activate) {
    Plan plan = planned.plan();
    if (!acceptLicences) {
      Licences.requireAccepted(plan.licences());
    }
    SpaceCheck.require(image.disk(), plan.space());
    if (planned.place() == EnvironmentChoice.NEW) {
      return inNewEnvironment(planned, activate);
    }
    Optional<String> backup = Optional.empty();
    if (planned.place() == EnvironmentChoice.IN_PLACE_WITH_BACKUP && live.isPresent()) {
      backup = planned.environmentName();
      String name = backup.orElseThrow();
      live.get().copy(name, SharedPaths.editable(image), around.events());
    }
    payloads.fetch(plan.contents());
    Applied applied = inPlace(planned);
    forgetTemporary();
    return new ChangeResult(
        applied, Optional.empty(), live.map(LiveEnvironment::name), backup, false);
  }

  /** The services of the running system stand still as far as packages ask for it. */
  private Applied inPlace(PlannedChange planned) {
    SuspendedServices suspended = new SuspendedServices(image);
    Services.Pause pause =
        around.services().before(planned.plan().actuators().services(), suspended::note);
    Applied applied;
    try {
      applied =
          new Execution(image, payloads, around.events(), around.clock())
              .run(planned.plan(), planned.choice());
    } catch (RuntimeException e) {
      pause.undo();
      suspended.forget();
      throw e;
    }
    pause.done();
    suspended.forget();
    return applied;
  }

  private ChangeResult inNewEnvironment(PlannedChange planned, boolean activate) {
    LiveEnvironment running = live.orElseThrow();
    String name = planned.environmentName().orElseThrow();
    NewEnvironment environment = new NewEnvironment(running, name, image, around);
    made = environment;
    ImageConfig config = image.config();
    ChangeResult result = environment.carryOut(planned, activate, config);
    forgetTemporary();
    return result;
  }

  /** Where the operation belongs: in the new environment if it succeeded there. */
  public History history() {
    NewEnvironment environment = made;
    return environment == null ? image.history() : environment.history().orElseGet(image::history);
  }

  @Override
  public void close() {
    NewEnvironment environment = made;
    if (environment != null) {
      environment.close();
    }
    transport.close();
  }
}
