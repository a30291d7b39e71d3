package emblema.smf.migrate;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prepares the move of each staged object and gives it to a {@link Batch}. */
final class Mover implements StagingVisitor {
  private final Disk disk;
  private final Collisions collisions;
  private final WorkDirectories work;
  private final Batch batch;
  private final Recorder recorder;
  private final Copier copier;
  private final SeveralNames severalNames = new SeveralNames();
  private final List<Pending> made = new ArrayList<>();
  private final Set<SafePath> left = new HashSet<>();

  Mover(Disk disk, Collisions collisions, WorkDirectories work, Batch batch, Recorder recorder) {
    this.disk = disk;
    this.collisions = collisions;
    this.work = work;
    this.batch = batch;
    this.recorder = recorder;
    this.copier = new Copier(disk);
  }

  @Override
  public Optional<Target> directory(SafePath from, Stat staged, Target parent) {
    SafePath to = parent.path().resolve(from.name());
    if (from.name().startsWith(Collisions.RESERVED)) {
      return leave(
          from, parent, "names that start with '" + Collisions.RESERVED + "' are reserved");
    }
    Optional<Stat> there = disk.stat(to);
    if (there.isEmpty()) {
      Copier.Copy copy = copier.directory(from, staged, work.at(parent));
      Pending pending = new Pending.Item(from, staged, parent, 0).made(copy);
      batch.add(pending);
      made.add(pending);
      return Optional.of(new Target(parent.area(), parent.top(), parent.device(), to));
    }
    if (!there.get().isDirectory()) {
      return leave(from, parent, "the shared object is not a directory");
    }
    long device = there.get().device();
    boolean isMount = device != parent.device();
    Target target = new Target(parent.area(), isMount ? to : parent.top(), device, to);
    if (isMount) {
      work.sweep(target);
    }
    return Optional.of(target);
  }

  private Optional<Target> leave(SafePath from, Target parent, String why) {
    left.add(from);
    AreaPlaces area = parent.area();
    SafePath to = parent.path().resolve(from.name());
    recorder.add(batch.number(), new Change(Outcome.LEFT, area.from(from), area.to(to), why));
    return Optional.empty();
  }

  @Override
  public void object(SafePath from, Stat staged, Target parent) {
    prepare(new Pending.Item(from, staged, parent, 0));
  }

  private void prepare(Pending.Item item) {
    Stat staged = item.staged();
    boolean appendable = item.attempt() == 0 && item.target().area().isAppendable(item.to());
    switch (collisions.decide(item.from(), staged, item.to(), appendable)) {
      case Decision.Move move -> batch.add(move(item, move));
      case Decision.Drop drop -> batch.add(drop(item, drop));
      case Decision.Append append ->
          batch.add(
              item.replacing(
                  append.to(),
                  copier.joined(
                      item.from(), staged, append.to(), append.shared(), work.at(item.target())),
                  append.shared()));
      case Decision.Discard discard -> batch.add(item.discarded());
      case Decision.Leave leave -> {
        AreaPlaces area = item.target().area();
        recorder.add(
            batch.number(),
            new Change(Outcome.LEFT, area.from(item.from()), area.to(item.to()), leave.why()));
      }
    }
  }

  private Pending move(Pending.Item item, Decision.Move move) {
    Stat staged = item.staged();
    Outcome outcome = move.aside() ? Outcome.ASIDE : Outcome.MOVED;
    // A rename that failed before may have crossed a mount that looks like the same file system.
    if (staged.device() == item.target().device() && item.attempt() == 0) {
      return item.renamed(move.to(), outcome);
    }
    Pending pending = item.placed(move.to(), outcome, copyOrLink(item));
    severalNames.copied(pending);
    return pending;
  }

  private Copier.Copy copyOrLink(Pending.Item item) {
    WorkDirectory room = work.at(item.target());
    Optional<Pending> first = severalNames.copyOf(item.staged());
    if (first.isPresent()) {
      try {
        return copier.link(first.get().location(), first.get().inode, room);
      } catch (ConflictException | NotFoundException e) {
        severalNames.forget(item.staged()); // Somebody took it, or it is on another device.
      }
    }
    return copier.copy(item.from(), item.staged(), room);
  }

  private Pending drop(Pending.Item item, Decision.Drop drop) {
    Stat staged = item.staged();
    String note =
        SeveralNames.isAlike(staged, drop.shared())
            ? ""
            : "owner or mode differ: %d:%d %04o"
                .formatted(staged.uid(), staged.gid(), staged.mode());
    Pending pending = item.dropped(drop.to(), drop.shared(), note);
    severalNames.found(pending, drop.shared());
    return pending;
  }

  @Override
  public void failed(SafePath from, Target parent, EmblemaException error) {
    recorder.failed(batch.number(), parent.area(), from, error);
  }

  @Override
  public void between() {
    if (batch.isFull()) {
      flush();
    }
  }

  /** Learns what an interrupted run has copied, before anything is moved. */
  void recognize(SafePath staging, Target top) {
    new StagingWalk(disk, severalNames.recognition(disk, collisions)).walk(staging, top);
  }

  /** Carries out all that is prepared, and what has to be prepared again. */
  void flush() {
    List<Pending> again = batch.flush();
    while (!again.isEmpty()) {
      for (Pending p : again) {
        severalNames.forget(p);
        try {
          disk.stat(p.from)
              .ifPresent(now -> prepare(new Pending.Item(p.from, now, p.target, p.attempt + 1)));
        } catch (EmblemaException e) {
          failed(p.from, p.target, e);
        }
      }
      again = batch.flush();
    }
  }

  /** After everything: the last staged names go, and new directories get their times. */
  void finish() {
    flush();
    batch.finish();
    made.forEach(this::restoreTimes);
  }

  private void restoreTimes(Pending directory) {
    try {
      Optional<Stat> now = disk.stat(directory.to);
      if (directory.isPlaced() && now.isPresent() && now.get().inode() == directory.inode) {
        disk.setTimes(directory.to, directory.staged.atime(), directory.staged.mtime());
      }
    } catch (AccessException | ConflictException | NotFoundException e) {
      return; // Somebody took the directory away: its times are theirs.
    }
  }

  /** Staged directories that were not entered, because the shared tree has something else there. */
  Set<SafePath> left() {
    return left;
  }
}
