package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.FileAction;
import emblema.core.action.HardLinkAction;
import emblema.core.action.LicenseAction;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import emblema.image.solve.Solution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** From the packages that change to the plan (spec planner-solver, section 7). */
final class Evaluation {
  private final PlanInput input;
  private final Solution solution;
  private final List<PackageStep> packages = new ArrayList<>();
  private final List<PackageDelta> deltas = new ArrayList<>();
  private final Actuators.Builder actuators = new Actuators.Builder();
  private final Set<Fmri> affected = new TreeSet<>();

  Evaluation(PlanInput input, Solution solution) {
    this.input = input;
    this.solution = solution;
  }

  Plan plan() {
    differences();
    if (packages.isEmpty()) {
      return unchanged();
    }
    Pool pool = new Pool(deltas);
    FutureImage future =
        new FutureImage(
            input.packages(),
            input.image().varcets(),
            List.copyOf(solution.packages().values()),
            touched(pool));
    Mediators mediators = mediators(future);
    Paths paths = new Paths(input.metadata());
    Conflicts conflicts = conflicts(pool, mediators, future, paths);

    Departures departures = new Departures(paths, future, actuators);
    Set<Removal> covered = covered(pool, future);
    departures.add(pool.removals().stream().filter(r -> !covered.contains(r)).toList());
    departures.add(mediators.removals());
    pool.setAsides().forEach(departures::setAside);

    Installations installations = new Installations();
    for (Arrival arrival : pool.arrivals()) {
      if (!conflicts
          .overlaid(arrival.after().key())
          .filter(owner -> arrival.after() instanceof FileAction && owner.equals(arrival.owner()))
          .isPresent()) {
        actuators.add(arrival.before(), arrival.after());
        installations.add(arrival);
      }
    }
    mediators.arrivals().forEach(installations::add);
    mended(pool, future, covered).forEach(installations::add);
    relinked(future).forEach(installations::add);
    return assemble(departures.steps(), installations, mediators, pool);
  }

  private Plan unchanged() {
    return new Plan(
        List.of(),
        List.of(),
        Steps.NONE,
        new Salvage(List.of()),
        actuators.build(),
        List.of(),
        new SpaceNeed(0, 0, 0),
        new TreeMap<>(input.mediators()),
        Set.of(),
        solution.avoided(),
        List.of());
  }

  private void differences() {
    Set<String> stems = new TreeSet<>(input.image().installed().keySet());
    stems.addAll(solution.packages().keySet());
    for (String stem : stems) {
      Fmri before = input.image().installed().get(stem);
      Fmri after = solution.packages().get(stem);
      if (!Objects.equals(before, after)) {
        packages.add(new PackageStep(before, after));
        deltas.add(PackageDelta.read(input.packages(), input.image().varcets(), before, after));
      }
    }
  }

  private static FutureImage.Touched touched(Pool pool) {
    KeyTable keys = new KeyTable();
    KeyTable lost = new KeyTable();
    KeyTable parents = new KeyTable();
    KeyTable rewritten = new KeyTable();
    for (Removal removal : pool.removals()) {
      keys.add(Keys.of(removal.action()));
      if (removal.action() instanceof FileAction) {
        lost.add(Keys.of(removal.action()));
      }
    }
    for (Arrival arrival : pool.arrivals()) {
      Action after = arrival.after();
      keys.add(Keys.of(after));
      if (after.type().isInPathSpace()) {
        Keys.parents(after.key(), parents::add);
      }
      if (after instanceof FileAction && arrival.before() != null) {
        rewritten.add(Keys.of(after));
      }
    }
    return new FutureImage.Touched(keys, lost, parents, rewritten);
  }

  private Mediators mediators(FutureImage future) {
    Set<Fmri> changed = new HashSet<>();
    List<Delivery> before = new ArrayList<>();
    for (PackageDelta delta : deltas) {
      Fmri gone = delta.before();
      if (gone != null) {
        delta.mediatedBefore().forEach(action -> before.add(new Delivery(gone, action)));
      }
      if (delta.after() != null) {
        changed.add(delta.after());
      }
    }
    future.mediated().stream()
        .filter(delivery -> !changed.contains(delivery.owner()))
        .forEach(before::add);
    Mediators mediators = new Mediators(before, future.mediated(), input.mediators());
    mediators.arrivals().stream()
        .map(Arrival::owner)
        .filter(owner -> !changed.contains(owner))
        .forEach(affected::add);
    mediators.removals().stream()
        .map(Removal::owner)
        .filter(owner -> owner.equals(solution.packages().get(owner.stem())))
        .forEach(affected::add);
    return mediators;
  }

  private Conflicts conflicts(Pool pool, Mediators mediators, FutureImage future, Paths paths) {
    KeyTable coming = new KeyTable();
    for (PackageDelta delta : deltas) {
      delta.diff().added().forEach(action -> coming.add(Keys.text(action)));
      delta.diff().changed().forEach(change -> coming.add(Keys.text(change.after())));
    }
    Conflicts conflicts = new Conflicts(future.shared(), coming);
    List<Arrival> arrivals = new ArrayList<>(pool.arrivals());
    arrivals.addAll(mediators.arrivals());
    for (Arrival arrival : arrivals) {
      Action after = arrival.after();
      if (after.type().isInPathSpace()) {
        Delivery delivery = new Delivery(arrival.owner(), after);
        SafePath path = Paths.of(arrival.owner(), after);
        if (paths.isReserved(path)) {
          conflicts.reserved(delivery);
        }
        if (after.type() != ActionType.DIR && future.isDirectory(path.text())) {
          future.below(path.text()).ifPresent(below -> conflicts.obstructs(delivery, below));
        }
        for (Delivery obstacle : future.obstacles()) {
          if (path.startsWith(Paths.of(obstacle.owner(), obstacle.action()))
              && !obstacle.action().equals(after)) {
            conflicts.obstructs(obstacle, delivery);
          }
        }
      }
    }
    conflicts.throwIfAny();
    return conflicts;
  }

  /** Removals of files whose content stays because of an overlay, on either side of it. */
  private static Set<Removal> covered(Pool pool, FutureImage future) {
    Map<String, Delivery> survivors = new TreeMap<>();
    future.survivors().forEach(d -> survivors.put(Keys.clean(d.action().key()), d));
    Set<Removal> covered = new HashSet<>();
    for (Removal removal : pool.removals()) {
      Delivery survivor =
          removal.action() instanceof FileAction
              ? survivors.get(Keys.clean(removal.action().key()))
              : null;
      if (survivor != null
          && (removal.action().attributes().has("overlay")
              || survivor.action().attributes().has("overlay"))) {
        covered.add(removal);
      }
    }
    return covered;
  }

  /** A file that one of two conflicting packages gave up is put as the other has it. */
  private static List<Arrival> mended(Pool pool, FutureImage future, Set<Removal> covered) {
    List<Arrival> mended = new ArrayList<>();
    for (Delivery survivor : future.survivors()) {
      String path = Keys.clean(survivor.action().key());
      boolean arrives =
          pool.arrivals().stream().anyMatch(a -> Keys.clean(a.after().key()).equals(path));
      if (!arrives) {
        pool.removals().stream()
            .filter(r -> !covered.contains(r) && r.action() instanceof FileAction)
            .filter(r -> Keys.clean(r.action().key()).equals(path))
            .findFirst()
            .ifPresent(
                removal ->
                    mended.add(
                        new Arrival(
                            survivor.owner(),
                            Transition.UPGRADE,
                            removal.action(),
                            survivor.action(),
                            null)));
      }
    }
    return mended;
  }

  /** Hard links to files that get a new inode are made again. */
  private List<Arrival> relinked(FutureImage future) {
    List<Arrival> relinked = new ArrayList<>();
    for (Delivery delivery : future.hardLinks()) {
      if (delivery.action() instanceof HardLinkAction link && !Pool.isMediated(link)) {
        relinked.add(new Arrival(delivery.owner(), Transition.UPGRADE, link, link, null));
      }
    }
    return relinked;
  }

  private Plan assemble(
      List<Step> removals, Installations installations, Mediators mediators, Pool pool) {
    Salvage salvage = installations.salvage();
    for (Arrival receiver : installations.rebootingReceivers()) {
      SafePath into = Paths.of(receiver.owner(), receiver.after());
      if (removals.stream().anyMatch(step -> Salvaging.gives(step, salvage, into))) {
        actuators.needReboot();
      }
    }
    List<Step> steps = new ArrayList<>(removals);
    steps.addAll(installations.steps());
    Set<String> changedMediators = new TreeSet<>(mediators.settings().keySet());
    changedMediators.addAll(input.mediators().keySet());
    changedMediators.removeIf(
        name -> Objects.equals(mediators.settings().get(name), input.mediators().get(name)));
    return new Plan(
        packages,
        List.copyOf(affected),
        Steps.of(steps),
        salvage,
        actuators.build(),
        licences(),
        Needs.of(steps),
        mediators.settings(),
        changedMediators,
        solution.avoided(),
        ReleaseNotes.of(input.image(), solution, pool.arrivals()));
  }

  private List<PlannedLicence> licences() {
    List<PlannedLicence> licences = new ArrayList<>();
    for (PackageDelta delta : deltas) {
      Fmri owner = delta.after();
      if (owner == null) {
        continue;
      }
      for (Action action : delta.diff().added()) {
        if (action instanceof LicenseAction licence) {
          licences.add(new PlannedLicence(owner, licence, null, null));
        }
      }
      delta.diff().changed().stream()
          .filter(change -> change.after() instanceof LicenseAction)
          .forEach(
              change ->
                  licences.add(
                      new PlannedLicence(
                          owner,
                          (LicenseAction) change.after(),
                          delta.before(),
                          (LicenseAction) change.before())));
    }
    licences.sort(
        Comparator.comparing(PlannedLicence::owner)
            .thenComparing(licence -> licence.licence().license()));
    return licences;
  }
}
