package emblema.store.search;

import emblema.core.error.AccessException;
import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.LockedException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.store.file.FileRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The search indexes of a repository, one a publisher, in its directory {@code search}. A
 * publication does not touch them; {@link #refresh} brings them up to date, adding and removing
 * only what changed. Safe for use by several threads.
 */
public final class RepositorySearch implements AutoCloseable {
  private static final String DIRECTORY = "search";

  private final FileRepository repository;
  private final Disk disk;
  private final InstantSource clock;
  private final EventSink events;
  private final Map<String, StoredIndex> indexes = new HashMap<>();

  /** Does not close the repository. */
  public RepositorySearch(FileRepository repository, InstantSource clock, EventSink events) {
    this(repository, repository.disk(), clock, events);
  }

  private RepositorySearch(
      FileRepository repository, Disk disk, InstantSource clock, EventSink events) {
    this.repository = repository;
    this.disk = disk;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Indexes in another directory, laid out like the repository, for one that may not be written.
   *
   * @param place an existing directory
   */
  public static RepositorySearch elsewhere(
      FileRepository repository, Path place, InstantSource clock, EventSink events) {
    return new RepositorySearch(repository, RealDisk.open(place), clock, events);
  }

  /**
   * The index of one publisher, as it is on disk. A depot answers from it, and refreshes it in a
   * thread of its own; while there is none {@link StoredIndex#search} throws {@code
   * NotFoundException} (the protocol's 503).
   */
  public synchronized StoredIndex index(String publisher) {
    return indexes.computeIfAbsent(
        publisher,
        prefix ->
            new StoredIndex(
                disk,
                repository.directory(prefix).resolve(DIRECTORY),
                new OriginSource(repository, prefix),
                clock,
                events));
  }

  /** Brings a publisher's index up to date. */
  public IndexUpdate refresh(String publisher) {
    return index(publisher).refresh();
  }

  /** Makes a publisher's index again from nothing. */
  public IndexUpdate rebuild(String publisher) {
    return index(publisher).rebuild();
  }

  /**
   * Answers for a client that is alone with the repository, from an index that is up to date:
   * brought so first in a repository of this user, made in memory in one of others, which must not
   * find files in it that they cannot change.
   */
  public void searchNow(String publisher, Search search, Consumer<SearchHit> each) {
    QueryParser.parse(search);
    StoredIndex index = index(publisher);
    if (isReady(publisher, index)) {
      try {
        index.search(search, each);
        return;
      } catch (IntegrityException e) {
        warn(publisher, e);
      }
    }
    try (MemoryIndex memory =
        MemoryIndex.of(
            new OriginSource(repository, publisher),
            text -> events.emit(new Event.Warning(text)))) {
      memory.search(search, each);
    }
  }

  private boolean isReady(String publisher, StoredIndex index) {
    if (!isOwned(publisher)) {
      return index.isUpToDate();
    }
    try {
      index.refresh();
      return true;
    } catch (AccessException | StorageException | LockedException e) {
      return index.isUpToDate();
    }
  }

  private boolean isOwned(String publisher) {
    try {
      int user = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return repository
          .disk()
          .stat(repository.directory(publisher))
          .filter(stat -> stat.uid() == user)
          .isPresent();
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private void warn(String publisher, EmblemaException e) {
    events.emit(
        new Event.Warning(
            "the search index of '" + publisher + "' is not up to date: " + e.getMessage()));
  }

  @Override
  public synchronized void close() {
    indexes.values().forEach(StoredIndex::close);
    indexes.clear();
  }
}
