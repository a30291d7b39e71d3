package emblema.publisher.receive;

import emblema.core.error.IntegrityException;
import emblema.core.error.StorageException;
import emblema.core.error.UnreachableException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import emblema.core.task.Tasks;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Payloads that were downloaded, by their SHA-1 in directories of two digits. Each is verified when
 * it comes and again when a later run finds it, so that neither a cut-off download nor a power cut
 * leaves anything that counts (spec pkgrecv, section 5).
 */
final class DownloadCache {
  private static final int PARALLEL = 8;

  private final Disk disk;
  private final EventSink events;

  /**
   * @param disk the cache's directory
   */
  DownloadCache(Disk disk, EventSink events) {
    this.disk = disk;
    this.events = events;
  }

  /** Brings payloads here, several at once. */
  void fetch(Origin source, String publisher, List<PayloadReference> payloads) {
    AtomicLong done = new AtomicLong();
    String phase = "download";
    long total = payloads.stream().mapToLong(each -> Math.max(0, each.storedSize())).sum();
    events.emit(new Event.PhaseStarted(phase, "Downloading", total, Event.Unit.BYTES));
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (PayloadReference payload : payloads) {
      tasks.add(
          () -> {
            ensure(source, publisher, payload);
            events.emit(
                new Event.Advanced(phase, done.addAndGet(Math.max(0, payload.storedSize()))));
            return true;
          });
    }
    if (Tasks.inParallel(PARALLEL, tasks).size() == tasks.size()) {
      events.emit(new Event.PhaseFinished(phase, done.get()));
    }
  }

  /** The gzip stream of a payload, fetched if it is not here. */
  InputStream open(Origin source, String publisher, PayloadReference payload) {
    ensure(source, publisher, payload);
    return disk.read(path(payload));
  }

  private void ensure(Origin source, String publisher, PayloadReference payload) {
    SafePath path = path(payload);
    if (disk.stat(path).isPresent() && isWhole(path, payload)) {
      return;
    }
    makeDirectory(path.parent().orElseThrow());
    AtomicFile.write(
        disk, path, 0644, out -> copy(source, publisher, payload, out), Durability.NONE);
  }

  private static void copy(
      Origin source, String publisher, PayloadReference payload, OutputStream out) {
    String where = source.location() + ": " + payload.sha1();
    try (InputStream in = source.payload(publisher, payload.sha1())) {
      long ignored = payload.copy(in, out, where);
    } catch (IOException e) {
      throw new UnreachableException("cannot fetch '" + where + "'", e.getMessage(), List.of(), e);
    }
  }

  private boolean isWhole(SafePath path, PayloadReference payload) {
    try (InputStream in = disk.read(path)) {
      long ignored = payload.copy(in, OutputStream.nullOutputStream(), disk.describe(path));
      return true;
    } catch (IntegrityException e) {
      return false;
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + disk.describe(path) + "'", e.getMessage(), List.of(), e);
    }
  }

  private synchronized void makeDirectory(SafePath directory) {
    if (disk.stat(directory).isEmpty()) {
      disk.makeDirectory(directory, 0755);
    }
  }

  private static SafePath path(PayloadReference payload) {
    return new SafePath(payload.sha1().substring(0, 2)).resolve(payload.sha1());
  }

  /** Forgets everything. */
  void clear() {
    for (String name : disk.list(SafePath.ROOT)) {
      if (name.matches("[0-9a-f]{2}")) {
        TreeRemoval.remove(disk, new SafePath(name));
      }
    }
  }
}
