package emblema.depot.operation;

import emblema.core.error.EmblemaException;
import emblema.core.error.LockedException;
import emblema.store.file.FileRepository;
import emblema.store.search.RepositorySearch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings search indexes up to date a little after catalogs changed, whoever changed them. No
 * publication waits for it; searches are answered from the last complete index meanwhile.
 */
public final class IndexKeeper implements AutoCloseable {
  private final FileRepository repository;
  private final RepositorySearch indexes;
  private final Consumer<String> log;

  /** Publisher to what its catalog was when its index was refreshed last. */
  private final Map<String, String> seen = new ConcurrentHashMap<>();

  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("index-keeper").factory());

  /**
   * @param log told of failures, one line each
   */
  public IndexKeeper(FileRepository repository, RepositorySearch indexes, Consumer<String> log) {
    this.repository = repository;
    this.indexes = indexes;
    this.log = log;
  }

  /** Looks at once, then again and again. */
  public void start(Duration pause) {
    worker.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Refreshes the indexes of all catalogs that have changed. */
  void look() {
    try {
      repository.publishers().forEach(this::look);
    } catch (RuntimeException e) {
      log.accept("the search indexes cannot be refreshed: " + e.getMessage());
    }
  }

  private void look(String publisher) {
    String now = repository.catalogAttributes(publisher).lastModified().toString();
    if (now.equals(seen.get(publisher))) {
      return;
    }
    try {
      indexes.refresh(publisher);
    } catch (LockedException e) {
      return; // somebody else does it: looked at again later
    } catch (EmblemaException e) {
      log.accept("the search index of '" + publisher + "' is not refreshed: " + e.getMessage());
    }
    seen.put(publisher, now);
  }

  /** As asked for over the network; made anew if told so. */
  public void run(String publisher, boolean anew) {
    if (anew) {
      indexes.rebuild(publisher);
    } else {
      indexes.refresh(publisher);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
        log.accept("a refresh of a search index is cut off; it will be made again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
