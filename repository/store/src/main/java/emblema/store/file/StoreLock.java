package emblema.store.file;

import emblema.core.error.EmblemaException;
import emblema.core.error.LockedException;
import emblema.core.event.Event;
import emblema.core.io.Disk;
import emblema.core.io.FileLock;
import emblema.core.io.SafePath;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CancellationException;

/**
 * The lock of a publisher's store (spec repository, section 7): the whole of {@code tmp/lock}, so
 * that the reference and we keep each other out. Whoever only reads never takes it.
 */
public final class StoreLock implements AutoCloseable {
  private static final long PAUSE_MILLISECONDS = 20;

  private final FileLock lock;

  private StoreLock(FileLock lock) {
    this.lock = lock;
  }

  /**
   * Waits for the lock, as long as the store's {@link LockWait} says.
   *
   * @throws LockedException after that, naming who holds it
   */
  public static StoreLock await(PublisherStore store, InstantSource clock) {
    LockWait wait = store.lockWait();
    long begun = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        return take(store, clock);
      } catch (LockedException e) {
        long waited = System.nanoTime() - begun;
        if (waited >= wait.limit().toNanos()) {
          throw e;
        }
        if (!told && waited >= wait.silence().toNanos()) {
          told = true;
          String holder = e.detail().flatMap(text -> text.lines().findFirst()).orElse("");
          wait.events().emit(new Event.Warning("waiting: " + e.getMessage() + ": " + holder));
        }
      }
      pause();
    }
  }

  /** Takes the lock, or fails at once with the name of the process that holds it. */
  public static StoreLock take(PublisherStore store, InstantSource clock) {
    Disk disk = store.disk();
    SafePath file = store.layout().lock();
    FileLock.Owner owner = FileLock.Owner.of("", HostName.VALUE);
    return new StoreLock(
        FileLock.acquire(
            disk, file, "repository '" + disk.root() + "'", owner, clock.withZone(ZoneOffset.UTC)));
  }

  /** Whether some process holds it now; false also where this process may not ask. */
  public static boolean isHeld(PublisherStore store, InstantSource clock) {
    if (store.disk().stat(store.layout().lock()).isEmpty()) {
      return false;
    }
    try (StoreLock ignored = take(store, clock)) {
      return false;
    } catch (LockedException e) {
      return true;
    } catch (EmblemaException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for the lock of a repository");
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
