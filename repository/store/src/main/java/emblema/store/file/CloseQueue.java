package emblema.store.file;

import emblema.core.error.EmblemaException;
import emblema.core.io.SafePath;
import emblema.store.catalog.CatalogSnapshot;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Closes that this process was asked for at the same time become visible together: one takes the
 * store's lock and does the work of all that wait, with one new catalog and one pair of syncs.
 */
final class CloseQueue {
  /** Most packages of one catalog change; those behind wait for the next. */
  private static final int BATCH = 64;

  private static final Map<Path, CloseQueue> QUEUES = new ConcurrentHashMap<>();

  private final Queue<TransactionClose> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();

  private CloseQueue() {}

  static CloseQueue of(PublisherStore store) {
    Path place =
        store.disk().root().toAbsolutePath().normalize().resolve(store.layout().root().text());
    return QUEUES.computeIfAbsent(place, ignored -> new CloseQueue());
  }

  /** Returns when the package is visible; throws what prevents it. */
  void run(TransactionClose mine, InstantSource clock) {
    waiting.add(mine);
    turn.lock();
    try {
      while (!mine.isDone()) {
        runBatch(clock);
      }
    } finally {
      turn.unlock();
    }
    mine.throwFailure();
  }

  private void runBatch(InstantSource clock) {
    List<TransactionClose> batch = new ArrayList<>();
    for (TransactionClose next = waiting.poll(); next != null; next = waiting.poll()) {
      batch.add(next);
      if (batch.size() == BATCH) {
        break;
      }
    }
    try {
      makeVisible(batch, clock).forEach(TransactionClose::finish);
    } catch (RuntimeException e) {
      batch.stream().filter(each -> !each.isDone()).forEach(each -> each.fail(e));
    }
  }

  private static List<TransactionClose> makeVisible(
      List<TransactionClose> batch, InstantSource clock) {
    PublisherStore store = batch.getFirst().store();
    try (StagingDirectory staging = StagingDirectory.make(store, clock);
        StoreLock ignored = StoreLock.await(store, clock)) {
      CatalogReplacement.finishInterrupted(store);
      CatalogSnapshot present = store.catalog();
      Appearance appearance = new Appearance(store, staging.path(), present, clock);
      Map<String, TransactionClose> good = new LinkedHashMap<>();
      for (TransactionClose each : batch) {
        SafePath manifest = staging.path().resolve("manifest." + good.size());
        try {
          if (good.containsKey(each.name())) {
            each.failAsUnknown();
          } else {
            each.prepare(manifest, present, appearance);
            good.put(each.name(), each);
          }
        } catch (EmblemaException e) {
          each.fail(e);
        }
      }
      appearance.run();
      return List.copyOf(good.values());
    }
  }
}
