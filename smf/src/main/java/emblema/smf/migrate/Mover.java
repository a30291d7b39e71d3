package emblema.smf.migrate;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Prepares the move of each staged object and gives it to a {@link Batch}. */
final class Mover implements StagingVisitor {
  private record FileKey(long device, long inode) {}

  private record Made(SafePath path, long inode, Stat staged) {}

  private final Disk disk;
  private final Collisions collisions;
  private final WorkDirectories work;
  private final Batch batch;
  private final Recorder recorder;
  private final Copier copier;
  private final Map<FileKey, Pending> severalNames = new HashMap<>();
  private final List<Made> made = new ArrayList<>();
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
      there = make(from, staged, parent, to);
    }
    if (there.isEmpty() || !there.get().isDirectory()) {
      return leave(from, parent, "the shared object is not a directory");
    }
    long device = there.get().device();
    SafePath top = device == parent.device() ? parent.top() : to;
    return Optional.of(new Target(parent.area(), top, device, to));
  }

  /** Makes the shared directory, unless somebody else does meanwhile; what is there then. */
  private Optional<Stat> make(SafePath from, Stat staged, Target parent, SafePath to) {
    WorkDirectory room = work.at(parent);
    Copier.Copy copy = copier.directory(from, staged, room);
    try {
      disk.renameNoReplace(copy.path(), to);
    } catch (ConflictException e) {
      room.discard(copy.path());
      return disk.stat(to);
    }
    made.add(new Made(to, copy.inode(), staged));
    String name = parent.area().to(to);
    recorder.add(
        batch.number(), new Change(Outcome.CREATED, parent.area().from(from), name, copy.note()));
    return disk.stat(to);
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
    if (staged.isFile() && staged.links() > 1) {
      severalNames.putIfAbsent(key(staged), pending);
    }
    return pending;
  }

  private Copier.Copy copyOrLink(Pending.Item item) {
    WorkDirectory room = work.at(item.target());
    Pending first = severalNames.get(key(item.staged()));
    if (first != null && item.staged().links() > 1) {
      try {
        return copier.link(first.location(), first.inode, room);
      } catch (ConflictException | NotFoundException e) {
        severalNames.remove(key(item.staged())); // Somebody took it, or it is on another device.
      }
    }
    return copier.copy(item.from(), item.staged(), room);
  }

  private Pending drop(Pending.Item item, Decision.Drop drop) {
    Stat staged = item.staged();
    Stat shared = drop.shared();
    boolean isAlike =
        staged.uid() == shared.uid()
            && staged.gid() == shared.gid()
            && staged.mode() == shared.mode();
    String note =
        isAlike
            ? ""
            : "owner or mode differ: %d:%d %04o"
                .formatted(staged.uid(), staged.gid(), staged.mode());
    Pending pending = item.dropped(drop.to(), shared, note);
    if (isAlike && staged.isFile() && staged.links() > 1 && staged.mtime() == shared.mtime()) {
      // An interrupted run put it there: the file's other names link to it.
      severalNames.putIfAbsent(key(staged), pending);
    }
    return pending;
  }

  private static FileKey key(Stat stat) {
    return new FileKey(stat.device(), stat.inode());
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

  /** Carries out all that is prepared, and what has to be prepared again. */
  void flush() {
    List<Pending> again = batch.flush();
    while (!again.isEmpty()) {
      for (Pending p : again) {
        severalNames.remove(key(p.staged), p);
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
    for (Made directory : made) {
      Optional<Stat> now = disk.stat(directory.path);
      if (now.isPresent() && now.get().inode() == directory.inode) {
        disk.setTimes(directory.path, directory.staged.atime(), directory.staged.mtime());
      }
    }
  }

  /** Staged directories that were not entered, because the shared tree has something else there. */
  Set<SafePath> left() {
    return left;
  }
}
