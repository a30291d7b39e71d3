package emblema.store.file;

import emblema.core.error.AccessException;
import emblema.core.error.LockedException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.catalog.CatalogStamp;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a publisher's store (spec repository, section 7): a POSIX record lock on the whole of
 * {@code tmp/lock}, so that the reference and we keep each other out. While it is held the file
 * says by whom; it is emptied again, and stays. Record locks belong to the process, so threads of
 * one process queue at a semaphore first; only one of them ever has the file open.
 */
final class StoreLock implements AutoCloseable {
  private static final ConcurrentHashMap<Path, Semaphore> IN_PROCESS = new ConcurrentHashMap<>();

  private final Semaphore turn;
  private final FileChannel channel;
  private final FileLock lock;

  private StoreLock(Semaphore turn, FileChannel channel, FileLock lock) {
    this.turn = turn;
    this.channel = channel;
    this.lock = lock;
  }

  /** Waits for the lock. */
  static StoreLock await(Disk disk, SafePath file, InstantSource clock) {
    Path path = path(disk, file);
    Semaphore turn = IN_PROCESS.computeIfAbsent(path, ignored -> new Semaphore(1));
    turn.acquireUninterruptibly();
    return open(turn, path, clock, true);
  }

  /** Takes the lock, or fails at once with the name of the process that holds it. */
  static StoreLock take(Disk disk, SafePath file, InstantSource clock) {
    Path path = path(disk, file);
    Semaphore turn = IN_PROCESS.computeIfAbsent(path, ignored -> new Semaphore(1));
    if (!turn.tryAcquire()) {
      throw locked(Optional.of("pid " + ProcessHandle.current().pid() + " (this process)"));
    }
    return open(turn, path, clock, false);
  }

  /** Whether some process holds it now. */
  static boolean isHeld(Disk disk, SafePath file, InstantSource clock) {
    if (disk.stat(file).isEmpty()) {
      return false;
    }
    try (StoreLock ignored = take(disk, file, clock)) {
      return false;
    } catch (LockedException e) {
      return true;
    } catch (AccessException | StorageException e) {
      return false;
    }
  }

  private static Path path(Disk disk, SafePath file) {
    return disk.root().toAbsolutePath().normalize().resolve(file.text());
  }

  private static StoreLock open(Semaphore turn, Path path, InstantSource clock, boolean wait) {
    boolean done = false;
    @Nullable FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              LinkOption.NOFOLLOW_LINKS);
      FileLock lock = wait ? channel.lock() : channel.tryLock();
      if (lock == null) {
        throw locked(holder(channel));
      }
      write(channel, clock);
      done = true;
      return new StoreLock(turn, channel, lock);
    } catch (AccessDeniedException e) {
      throw new AccessException(
          "the repository cannot be locked: no permission to write '" + path + "'",
          "run the command as the owner of the repository");
    } catch (IOException e) {
      throw new StorageException(
          "the repository cannot be locked: '" + path + "' cannot be opened",
          e.getMessage(),
          List.of(),
          e);
    } finally {
      if (!done) {
        closeQuietly(channel);
        turn.release();
      }
    }
  }

  /** Three lines and an empty one, as the reference writes and reads them. */
  private static void write(FileChannel channel, InstantSource clock) throws IOException {
    String text =
        ProcessHandle.current().pid()
            + "\n"
            + hostName()
            + "\n"
            + CatalogStamp.write(clock.instant())
            + "\n\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  private static Optional<String> holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(256);
    channel.read(bytes, 0);
    String[] lines =
        new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).split("\n", -1);
    return lines.length < 2 || lines[0].isBlank()
        ? Optional.empty()
        : Optional.of("pid " + lines[0].strip() + " on " + lines[1].strip());
  }

  private static LockedException locked(Optional<String> holder) {
    return new LockedException(
        "the repository cannot be modified as it is currently in use by another process"
            + holder.map(who -> ": " + who).orElse(""),
        "try again when that process has ended");
  }

  @Override
  public void close() {
    try {
      channel.truncate(0);
      lock.release();
    } catch (IOException e) {
      // closing releases it in any case
    } finally {
      closeQuietly(channel);
      turn.release();
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // nothing was written through it that anybody relies on
    }
  }
}
