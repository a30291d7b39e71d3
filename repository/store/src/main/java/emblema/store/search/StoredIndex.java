package emblema.store.search;

import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.FileLock;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * An index in a directory. Searching answers from the last complete state, whatever is being
 * written meanwhile, by this process or another one. Derived data: what is missing, damaged or of
 * another format is made again by {@link #refresh}.
 */
public final class StoredIndex implements SearchIndex {
  /** Of opening what others replace meanwhile: each one lost means that another one was made. */
  private static final int ATTEMPTS = 1000;

  private final IndexDirectory directory;
  private final IndexSource source;
  private final InstantSource clock;
  private final EventSink events;
  private @Nullable Opened opened;

  /** Set when a search met damage, until the index has been looked at as a whole. */
  private volatile boolean suspect;

  public StoredIndex(
      Disk disk, SafePath path, IndexSource source, InstantSource clock, EventSink events) {
    LuceneLog.onlyErrors();
    this.directory = new IndexDirectory(disk, path);
    this.source = source;
    this.clock = clock;
    this.events = events;
  }

  private record Opened(String generation, LuceneIndex index) {}

  /** Whether there is an index, of whatever age. */
  public boolean exists() {
    return directory.current().isPresent();
  }

  /** Whether there is an index and it has all that its source has now. */
  public boolean isUpToDate() {
    return stamp().filter(source.stamp()::equals).isPresent();
  }

  private Optional<String> stamp() {
    return directory
        .current()
        .flatMap(
            generation -> {
              try (Directory files = FSDirectory.open(directory.place(generation));
                  DirectoryReader reader = DirectoryReader.open(files)) {
                return Optional.ofNullable(userData(reader).get(IndexWriting.STAMP_KEY));
              } catch (IOException | RuntimeException e) {
                return Optional.empty();
              }
            });
  }

  private static Map<String, String> userData(DirectoryReader reader) throws IOException {
    return reader.getIndexCommit().getUserData();
  }

  /**
   * Brings the index up to date: nothing if it is, only what changed if it can be, else all of it.
   *
   * @throws emblema.core.error.LockedException while another process does the same
   */
  public IndexUpdate refresh() {
    if (!suspect && isUpToDate()) {
      return IndexUpdate.NONE;
    }
    try (FileLock ignored = directory.lock(clock)) {
      Optional<String> generation = directory.current().filter(this::isSound);
      if (generation.isEmpty()) {
        return anew();
      }
      try {
        IndexUpdate update = write(generation.get(), false);
        directory.removeExcept(generation.get());
        suspect = false;
        return update;
      } catch (IntegrityException e) {
        return anew();
      }
    }
  }

  /** Makes the index again from nothing. */
  public IndexUpdate rebuild() {
    try (FileLock ignored = directory.lock(clock)) {
      return anew();
    }
  }

  private IndexUpdate anew() {
    String generation = directory.makeGeneration();
    IndexUpdate update = write(generation, true);
    directory.publish(generation);
    suspect = false;
    return update;
  }

  private IndexUpdate write(String generation, boolean anew) {
    Path place = directory.place(generation);
    try (Directory files = FSDirectory.open(place)) {
      return new IndexWriting(source, text -> events.emit(new Event.Warning(text)))
          .write(files, anew);
    } catch (IOException e) {
      if (!anew && !(e instanceof java.nio.file.FileSystemException)) {
        throw LuceneIndex.damaged(place.toString(), e);
      }
      throw new StorageException(
          "the search index '" + place + "' cannot be written", e.getMessage(), List.of(), e);
    }
  }

  /** Of our format, and every byte as it was written. */
  private boolean isSound(String generation) {
    try (Directory files = FSDirectory.open(directory.place(generation));
        DirectoryReader reader = DirectoryReader.open(files)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        leaf.reader().checkIntegrity();
      }
      return IndexFormat.VERSION.equals(userData(reader).get(IndexWriting.FORMAT_KEY));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public void search(Search search, Consumer<SearchHit> each) {
    LuceneIndex index = acquire();
    try {
      index.search(search, each);
    } catch (EmblemaException e) {
      if (e instanceof IntegrityException) {
        forget(index);
      }
      throw e;
    } finally {
      index.release();
    }
  }

  private synchronized void forget(LuceneIndex index) {
    suspect = true;
    if (opened != null && opened.index() == index) {
      opened = null;
      index.close();
    }
  }

  /** The newest complete state, to be released. */
  private synchronized LuceneIndex acquire() {
    for (int attempt = 1; ; attempt++) {
      String generation =
          directory
              .current()
              .orElseThrow(
                  () ->
                      new NotFoundException(
                          "there is no search index in '" + directory.description() + "'",
                          "make one with 'pkgrepo refresh'"));
      try {
        LuceneIndex index = open(generation);
        index.retain();
        return index;
      } catch (IOException | RuntimeException e) {
        // the generation may have been replaced between reading its name and opening it
        if (attempt >= ATTEMPTS || directory.current().filter(generation::equals).isPresent()) {
          throw LuceneIndex.damaged(directory.description(), e);
        }
      }
    }
  }

  private LuceneIndex open(String generation) throws IOException {
    Opened before = opened;
    if (before != null && before.generation().equals(generation)) {
      DirectoryReader newer = DirectoryReader.openIfChanged(before.index().reader());
      if (newer == null) {
        return before.index();
      }
      return replace(generation, newer);
    }
    Path place = directory.place(generation);
    return replace(generation, DirectoryReader.open(FSDirectory.open(place)));
  }

  private LuceneIndex replace(String generation, DirectoryReader reader) throws IOException {
    String format = userData(reader).get(IndexWriting.FORMAT_KEY);
    if (!IndexFormat.VERSION.equals(format)) {
      reader.close();
      throw new IOException("format " + format + " instead of " + IndexFormat.VERSION);
    }
    LuceneIndex index = new LuceneIndex(reader, directory.description());
    close();
    opened = new Opened(generation, index);
    return index;
  }

  @Override
  public synchronized void close() {
    Opened last = opened;
    opened = null;
    if (last != null) {
      last.index().close();
    }
  }
}
