package emblema.image.image;

import emblema.core.error.AccessException;
import emblema.core.error.LockedException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right to change an image: a POSIX lock on the file {@code lock}, as the reference takes it,
 * so the two exclude each other (spec image-layout, section 8). The system gives it back when the
 * process dies; the text in the file only tells others who holds it.
 */
public final class ImageLock implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;

  private ImageLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static ImageLock take(Disk disk, ImageLayout layout, String client, Instant now) {
    Path file = disk.root().resolve(layout.lock().text());
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      @Nullable FileLock lock = tryLock(channel);
      if (lock == null) {
        String holder = read(channel);
        channel.close();
        throw locked(disk, holder);
      }
      write(channel, holder(client, now));
      return new ImageLock(channel, lock);
    } catch (AccessDeniedException e) {
      throw new AccessException(
          "could not lock the image at '" + disk.root() + "'",
          "permission denied: '" + file + "'",
          List.of("run the command with the privileges of the image's owner"),
          e);
    } catch (IOException e) {
      throw new StorageException(
          "could not lock the image at '" + disk.root() + "'",
          "'" + file + "': " + e.getMessage(),
          List.of(),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(String client, Instant now) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost";
    }
    return ProcessHandle.current().pid() + "\n" + client + "\n" + host + "\n" + now + "\n";
  }

  private static LockedException locked(Disk disk, String holder) {
    String[] lines = holder.split("\n", -1);
    String who =
        lines.length >= 3 && !lines[0].isBlank()
            ? ": " + lines[1] + " on " + lines[2] + ", pid " + lines[0]
            : "";
    String since =
        lines.length >= 4 && !lines[3].isBlank() ? "it holds the lock since " + lines[3] : null;
    return new LockedException(
        "the image at '" + disk.root() + "' is currently in use by another package client" + who,
        since,
        List.of("wait until it has ended"),
        null);
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1000);
    int length = channel.read(buffer, 0);
    return new String(buffer.array(), 0, Math.max(0, length), StandardCharsets.UTF_8);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  @Override
  public void close() {
    try {
      channel.truncate(0);
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new StorageException("could not unlock the image", e.getMessage(), List.of(), e);
    }
  }
}
