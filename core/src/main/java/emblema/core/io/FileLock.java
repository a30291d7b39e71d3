package emblema.core.io;

import emblema.core.error.LockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, of the kind that the reference takes (a POSIX record lock), so that both
 * exclude each other. The system drops it when the process ends, however it ends. While it is held
 * the file says who holds it, in the reference's form (spec image-layout, section 8); the text of a
 * dead process means nothing.
 */
public final class FileLock implements AutoCloseable {
  /** A process's second channel on a file would drop its first one's lock: never open one. */
  private static final Set<Path> HELD = new HashSet<>();

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Path key;
  private @Nullable FileChannel channel;

  private FileLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /** Whatever the umask: what others may write they could keep locked. */
  private static final FileAttribute<?> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-r--"));

  /**
   * Who takes a lock.
   *
   * @param command as users know it, for example {@code pkg}; empty text leaves it out, as
   *     repositories do (spec repository, section 7)
   * @param host the machine's name
   */
  public record Owner(long pid, String command, String host) {
    /** This process. */
    public static Owner of(String command, String host) {
      return new Owner(ProcessHandle.current().pid(), command, host);
    }
  }

  /**
   * Takes the lock without waiting; creates the file if it is missing.
   *
   * @param what what is locked, as the error should say it, for example {@code image '/'}
   */
  public static FileLock acquire(Disk disk, SafePath file, String what, Owner owner, Clock clock) {
    Path path = RawPaths.below(disk.root(), file);
    Path key = key(disk, file, path);
    synchronized (HELD) {
      if (HELD.contains(key)) {
        throw locked(what, "this process holds the lock already", path);
      }
      try {
        FileChannel channel = lock(path, what);
        channel.truncate(0);
        channel.write(record(owner, clock), 0);
        HELD.add(key);
        return new FileLock(key, channel);
      } catch (IOException e) {
        throw DiskFailure.of("lock", path, e);
      }
    }
  }

  private static Path key(Disk disk, SafePath file, Path path) {
    disk.stat(file); // Refuses links on the way.
    try {
      Path parent = path.getParent();
      return parent == null ? path : parent.toRealPath().resolve(path.getFileName());
    } catch (IOException e) {
      throw DiskFailure.of("lock", path, e);
    }
  }

  private static FileChannel lock(Path path, String what) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            MODE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw locked(what, "this process holds the lock already", path);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw locked(what, holder(path), path);
  }

  private static LockedException locked(String what, String who, Path path) {
    return new LockedException(
        what + " is in use by another process",
        who + "\nlock file: " + path,
        List.of("wait until it has finished, then try again"),
        null);
  }

  private static ByteBuffer record(Owner owner, Clock clock) {
    String command = owner.command().isEmpty() ? "" : owner.command() + "\n";
    String since = STAMP.format(clock.instant());
    String text = owner.pid() + "\n" + command + owner.host() + "\n" + since + "\n\n";
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String holder(Path path) {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(path, StandardCharsets.UTF_8));
      lines.removeIf(String::isBlank);
      return switch (lines.size()) {
        case 3 -> holder(lines.get(0), "", lines.get(1), lines.get(2));
        case 4 -> holder(lines.get(0), "'" + lines.get(1) + "' ", lines.get(2), lines.get(3));
        default -> "it does not say who it is";
      };
    } catch (IOException e) {
      return "it does not say who it is";
    }
  }

  private static String holder(String pid, String command, String host, String since) {
    return "process " + pid + " (" + command + "on " + host + ") holds the lock since " + since;
  }

  /** Empties the file and lets go; the file stays. */
  @Override
  public void close() {
    synchronized (HELD) {
      FileChannel open = channel;
      if (open == null) {
        return;
      }
      channel = null;
      HELD.remove(key);
      try (open) {
        open.truncate(0);
      } catch (IOException e) {
        throw DiskFailure.of("unlock", key, e);
      }
    }
  }
}
