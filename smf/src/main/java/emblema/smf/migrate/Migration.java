package emblema.smf.migrate;

import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.FileLock;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run of the migration: all areas of one environment. Idempotent; after a crash or an error
 * another run completes the work (docs/formats/shared-migration.md has the promise and the order).
 *
 * @param areas as {@link Areas#read} gives them
 * @param environment the boot environment's name, for the names of what is moved aside
 * @param owner who runs this, for others who find it busy
 * @param token makes the names of working directories unique among all that share a file system
 * @param changes gets each change as soon as it is durable, and what is left behind
 * @param events gets warnings
 */
public record Migration(
    Places places,
    List<Area> areas,
    String environment,
    MountTable mounts,
    Clock clock,
    FileLock.Owner owner,
    String token,
    Consumer<Change> changes,
    EventSink events) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public Migration {
    areas = List.copyOf(areas);
  }

  /**
   * What a run would do; nothing is changed.
   *
   * @throws EmblemaException as {@link #run} does for the configuration
   */
  public MigrationReport preview() {
    Recorder recorder = new Recorder(changes, clock);
    SharedRoots roots = new SharedRoots(places, mounts);
    Collisions collisions = new Collisions(places.disk(), environment, stamp());
    for (AreaPlaces at : areasWithWork()) {
      roots.check(at);
      new StagingWalk(places.disk(), new Preview(places.disk(), collisions, recorder))
          .walk(at.staging(), new StagingVisitor.Target(at, at.shared(), 0, at.shared()));
    }
    return recorder.report();
  }

  /**
   * Moves all that is staged. Looks and returns when nothing is.
   *
   * @throws emblema.core.error.NotFoundException if a shared root is missing and must not be made
   * @throws emblema.core.error.ConflictException if a root is not what the configuration says
   * @throws emblema.core.error.LockedException if another run is busy; names it
   * @throws emblema.core.error.StorageException if a file system refuses again and again
   */
  public MigrationReport run() {
    Disk disk = places.disk();
    StateDirectory state = new StateDirectory(places);
    List<AreaPlaces> staged = areasWithWork();
    if (staged.isEmpty() && disk.stat(state.journal()).isEmpty()) {
      return MigrationReport.nothing();
    }
    SharedRoots roots = new SharedRoots(places, mounts);
    staged.forEach(roots::check);
    state.make();
    try (FileLock held =
        lock(state.lock(), "migration of '" + disk.describe(places.environment()) + "'")) {
      return locked(disk, state, roots);
    }
  }

  private FileLock lock(SafePath file, String what) {
    return FileLock.acquire(places.disk(), file, what, owner, clock);
  }

  private MigrationReport locked(Disk disk, StateDirectory state, SharedRoots roots) {
    Optional<Journal> interrupted = interrupted(disk, state);
    Journal run = interrupted.orElseGet(() -> new Journal(stamp(), environment, 0, List.of()));
    Recorder recorder = new Recorder(changes, clock);
    List<AreaPlaces> staged = areas(interrupted.isPresent());
    try (MigrationLog log = MigrationLog.open(disk, state, run.environment(), run.stamp());
        WorkDirectories work = new WorkDirectories(places, token, this::lock)) {
      recorder.attach(log);
      interrupted.ifPresent(journal -> catchUp(disk, state, journal, recorder));
      Batch batch = new Batch(places, recorder, log, run);
      Collisions collisions = new Collisions(disk, run.environment(), run.stamp());
      Mover mover = new Mover(disk, collisions, work, batch, recorder);
      for (AreaPlaces at : staged) {
        StagingVisitor.Target top = roots.open(at);
        work.sweep(top);
        if (interrupted.isPresent()) {
          mover.recognize(at.staging(), top);
        }
        new StagingWalk(disk, mover).walk(at.staging(), top);
        mover.flush();
      }
      mover.finish();
      staged.forEach(at -> new Prune(places).run(at, mover.left()));
    }
    staged.forEach(at -> disk.syncAll(at.shared()));
    staged.forEach(at -> disk.syncAll(at.staging()));
    if (!recorder.hasFailures()) { // Else the next run continues this one, with its stamp.
      forget(disk, state);
    }
    return recorder.report();
  }

  private static void forget(Disk disk, StateDirectory state) {
    if (disk.stat(state.journal()).isPresent()) {
      disk.remove(state.journal());
      disk.sync(state.path());
    }
  }

  /** The journal of an interrupted run. A damaged one costs the stamp and nothing else. */
  private Optional<Journal> interrupted(Disk disk, StateDirectory state) {
    try {
      return Journal.read(disk, state);
    } catch (MalformedException e) {
      disk.rename(state.journal(), state.damagedJournal());
      events.emit(
          new Event.Warning(
              "the journal of an interrupted migration is damaged: " + e.getMessage(),
              List.of("it was set aside as " + disk.describe(state.damagedJournal()))));
      return Optional.empty();
    }
  }

  /** Logs what the interrupted run had moved but not yet logged. */
  private void catchUp(Disk disk, StateDirectory state, Journal journal, Recorder recorder) {
    Set<String> logged = MigrationLog.logged(disk, state, journal.stamp(), journal.batch());
    for (Journal.Move move : journal.moves()) {
      Optional<Stat> there = find(disk, move.to());
      if (!logged.contains(move.from())
          && there.isPresent()
          && there.get().inode() == move.inode()) {
        recorder.add(
            journal.batch(),
            new Change(Outcome.MOVED, move.from(), move.to(), "by the run that was interrupted"));
      }
    }
  }

  private Optional<Stat> find(Disk disk, String logical) {
    try {
      return disk.stat(places.shared(SafePath.of(logical)));
    } catch (EmblemaException e) {
      return Optional.empty(); // Something else stands on the way by now.
    }
  }

  private List<AreaPlaces> areasWithWork() {
    return areas(false);
  }

  /**
   * The areas that have work.
   *
   * @param interrupted then also those that an interrupted run may have left empty directories in
   */
  private List<AreaPlaces> areas(boolean interrupted) {
    Disk disk = places.disk();
    Survey survey = new Survey(disk);
    return areas.stream()
        .map(area -> AreaPlaces.of(area, places))
        .filter(at -> survey.hasWork(at) || (interrupted && isThere(disk, at)))
        .toList();
  }

  private static boolean isThere(Disk disk, AreaPlaces at) {
    return disk.stat(at.staging()).isPresent() && disk.stat(at.shared()).isPresent();
  }

  private String stamp() {
    return STAMP.format(clock.instant());
  }
}
