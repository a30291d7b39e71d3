package emblema.smf.migrate;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out prepared moves in the order that makes a crash harmless: copies complete → journal
 * durable → copies durable → names → names durable → log durable → staged originals removed. Names
 * of a file that has several are removed last of all, by {@link #finish}.
 */
final class Batch {
  private static final int MOST_OBJECTS = 1000;
  private static final long MOST_BYTES = 256L << 20;
  private static final int MOST_ATTEMPTS = 3;

  private final Disk disk;
  private final StateDirectory state;
  private final Recorder recorder;
  private final MigrationLog log;
  private final String stamp;
  private final String environment;
  private final List<Pending> items = new ArrayList<>();
  private final List<Pending> deferred = new ArrayList<>();
  private long bytes;
  private int number;

  /** Continues a run: batches are numbered after the journal's. */
  Batch(Places places, Recorder recorder, MigrationLog log, Journal run) {
    this.disk = places.disk();
    this.state = new StateDirectory(places);
    this.recorder = recorder;
    this.log = log;
    this.stamp = run.stamp();
    this.environment = run.environment();
    this.number = run.batch() + 1;
  }

  /** The number of the batch that is being filled. */
  int number() {
    return number;
  }

  void add(Pending pending) {
    items.add(pending);
    bytes += pending.isCopy() ? pending.staged.size() : 0;
  }

  boolean isFull() {
    return items.size() >= MOST_OBJECTS || bytes >= MOST_BYTES;
  }

  /**
   * Carries out what was added.
   *
   * @return what must be prepared again, because the shared tree changed meanwhile
   */
  List<Pending> flush() {
    if (items.isEmpty()) {
      return List.of();
    }
    List<Pending> batch = List.copyOf(items);
    items.clear();
    bytes = 0;
    journal(batch);
    if (batch.stream().anyMatch(Pending::isPrepared)) {
      sync(batch);
    }
    List<Pending> again = new ArrayList<>();
    List<Pending> placed = place(batch, again);
    sync(placed);
    List<Pending> done = confirm(placed, again);
    log.sync();
    for (Pending pending : done) {
      if (pending.isDeferred()) {
        deferred.add(pending);
      } else if (pending.isCopy()
          || pending.way == Pending.Way.DROP
          || pending.way == Pending.Way.DISCARD) {
        removeStaged(pending);
      }
    }
    number++;
    return again;
  }

  /**
   * Removes the staged names of files with several names: all have their places now. After failures
   * those stay of which not all names were seen: the next run links the rest to what is there.
   */
  void finish() {
    Map<Long, Long> seen = new HashMap<>();
    deferred.forEach(p -> seen.merge(p.staged.inode(), 1L, Long::sum));
    for (Pending p : deferred) {
      boolean isWhole = seen.getOrDefault(p.staged.inode(), 0L) >= p.staged.links();
      if (isWhole || !recorder.hasFailures()) {
        removeStaged(p);
      }
    }
    deferred.clear();
    log.sync();
  }

  private void journal(List<Pending> batch) {
    List<Journal.Move> moves = new ArrayList<>();
    for (Pending p : batch) {
      if (p.way == Pending.Way.RENAME || p.isCopy()) {
        moves.add(
            new Journal.Move(p.inode, p.target.area().from(p.from), p.target.area().to(p.to)));
      }
    }
    new Journal(stamp, environment, number, moves).write(disk, state);
  }

  private void sync(List<Pending> batch) {
    Set<SafePath> tops = new LinkedHashSet<>();
    batch.forEach(p -> tops.add(p.target.top()));
    tops.forEach(disk::syncAll);
  }

  private List<Pending> place(List<Pending> batch, List<Pending> again) {
    List<Pending> placed = new ArrayList<>(batch.size());
    for (Pending p : batch) {
      try {
        switch (p.way) {
          case RENAME, PLACE, DIRECTORY -> disk.renameNoReplace(p.source, p.to);
          case REPLACE -> replace(p);
          case DROP, DISCARD -> {}
        }
        p.placed();
        placed.add(p);
      } catch (ConflictException e) {
        repeat(p, again, e);
      } catch (EmblemaException e) {
        discard(p);
        failed(p, e);
      }
    }
    return placed;
  }

  /** Only over the very file that the copy includes, as it was then. */
  private void replace(Pending p) {
    Optional<Stat> now = disk.stat(p.to).map(Pending::withoutAccess);
    if (!now.equals(p.replaced())) {
      throw new ConflictException("'" + disk.describe(p.to) + "' changed meanwhile");
    }
    disk.rename(p.source, p.to);
  }

  /** Those whose place holds what was put there. */
  private List<Pending> confirm(List<Pending> placed, List<Pending> again) {
    List<Pending> done = new ArrayList<>(placed.size());
    for (Pending p : placed) {
      try {
        boolean isThere =
            p.way == Pending.Way.DISCARD || disk.stat(p.to).filter(p::isResult).isPresent();
        if (isThere) {
          record(p, p.outcome, p.note);
          done.add(p);
        } else {
          repeat(p, again, new ConflictException("it was replaced as soon as it was there"));
        }
      } catch (EmblemaException e) {
        failed(p, e);
      }
    }
    return done;
  }

  private void repeat(Pending p, List<Pending> again, ConflictException e) {
    discard(p);
    if (p.way == Pending.Way.DIRECTORY) {
      if (disk.stat(p.to).filter(Stat::isDirectory).isEmpty()) {
        failed(p, e);
      } // Else somebody made it meanwhile: what belongs into it goes there.
    } else if (p.attempt + 1 < MOST_ATTEMPTS) {
      again.add(p);
    } else {
      failed(p, e);
    }
  }

  private void discard(Pending p) {
    if (!p.isPrepared() || disk.stat(p.source).isEmpty()) {
      return;
    }
    if (p.way == Pending.Way.DIRECTORY) {
      disk.removeDirectory(p.source);
    } else {
      disk.remove(p.source);
    }
  }

  /** Only what was copied: same object, same size and times. */
  private void removeStaged(Pending p) {
    try {
      Optional<Stat> now = disk.stat(p.from);
      if (now.isEmpty()) {
        return;
      }
      boolean isUnchanged =
          Collisions.isOneObject(now.get(), p.staged)
              && now.get().size() == p.staged.size()
              && now.get().mtime() == p.staged.mtime()
              && (p.isDeferred() || now.get().ctime() == p.staged.ctime());
      if (isUnchanged) {
        disk.remove(p.from);
      } else {
        record(p, Outcome.LEFT, "it changed while it was moved");
      }
    } catch (EmblemaException e) {
      failed(p, e);
    }
  }

  private void record(Pending p, Outcome outcome, String note) {
    String to = p.way == Pending.Way.DISCARD ? "" : p.target.area().to(p.to);
    recorder.add(number, new Change(outcome, p.target.area().from(p.from), to, note));
  }

  private void failed(Pending p, EmblemaException e) {
    recorder.failed(number, p.target.area(), p.from, e);
  }
}
