package emblema.depot.operation;

import emblema.core.error.EmblemaException;
import emblema.core.event.EventSink;
import emblema.store.file.FileRepository;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Work on the repository that is asked for over the network and done in the background: one at a
 * time, one more may wait.
 */
public final class Maintenance implements AutoCloseable {
  private final FileRepository repository;
  private final InstantSource clock;
  private final Consumer<String> log;

  /** Told which publisher's index to refresh, or to make anew. */
  private final BiConsumer<String, Boolean> index;

  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1),
          Thread.ofPlatform().daemon().name("maintenance").factory());

  /**
   * @param log told what failed, one line each
   * @param index refreshes the search index of a publisher; makes it anew if told true
   */
  public Maintenance(
      FileRepository repository,
      InstantSource clock,
      Consumer<String> log,
      BiConsumer<String, Boolean> index) {
    this.repository = repository;
    this.clock = clock;
    this.log = log;
    this.index = index;
  }

  /** What can be asked for. */
  enum Work {
    REBUILD("rebuild", true, true, true),
    REBUILD_INDEXES("rebuild-indexes", true, false, true),
    REBUILD_PACKAGES("rebuild-packages", true, true, false),
    REFRESH("refresh", false, true, true),
    REFRESH_INDEXES("refresh-indexes", false, false, true),
    REFRESH_PACKAGES("refresh-packages", false, true, false);

    private final String word;
    private final boolean anew;
    private final boolean catalog;
    private final boolean index;

    Work(String word, boolean anew, boolean catalog, boolean index) {
      this.word = word;
      this.anew = anew;
      this.catalog = catalog;
      this.index = index;
    }

    static Optional<Work> ofWord(String word) {
      return List.of(values()).stream().filter(work -> work.word.equals(word)).findFirst();
    }
  }

  /** False if one runs and one waits already. */
  boolean submit(Work work, List<String> publishers) {
    try {
      worker.execute(() -> publishers.forEach(publisher -> run(work, publisher)));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void run(Work work, String publisher) {
    try {
      if (work.catalog && work.anew) {
        repository.rebuildCatalog(publisher, clock, EventSink.QUIET);
      } else if (work.catalog) {
        repository.refreshCatalog(publisher, clock, EventSink.QUIET);
      }
      if (work.index) {
        index.accept(publisher, work.anew);
      }
    } catch (EmblemaException e) {
      log.accept("'" + work.word + "' of '" + publisher + "' failed: " + e.getMessage());
    } catch (RuntimeException e) {
      log.accept("'" + work.word + "' of '" + publisher + "' failed by a mistake of ours: " + e);
    }
  }

  /** Lets what runs come to its end, for a while. */
  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
