package emblema.core.io;

import emblema.core.error.StorageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A file that several threads read at several places. */
public final class SharedFile implements AutoCloseable {
  private static final AtomicLong SERIAL = new AtomicLong();

  private final Path path;
  private final FileChannel channel;
  private final long size;

  private SharedFile(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  public static SharedFile open(Path path) {
    return open(path, path);
  }

  private static SharedFile open(Path path, Path shown) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new SharedFile(shown, channel, channel.size());
    } catch (IOException e) {
      throw unreadable(shown, e);
    }
  }

  /**
   * A copy of the content in a file without name, which nothing can leave behind.
   *
   * @param directory in which it takes space until it is closed
   * @param shown what errors name
   */
  public static SharedFile spool(InputStream content, Path directory, Path shown) {
    SafePath name =
        SafePath.of(".unpacked." + ProcessHandle.current().pid() + "." + SERIAL.incrementAndGet());
    try (Disk disk = RealDisk.open(directory)) {
      try {
        write(disk, name, content, shown);
        return open(directory.resolve(name.text()), shown);
      } finally {
        if (disk.stat(name).isPresent()) {
          disk.remove(name);
        }
      }
    }
  }

  private static void write(Disk disk, SafePath name, InputStream content, Path shown) {
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = new BufferedOutputStream(disk.create(name, 0600), buffer.length)) {
      while (true) {
        int count;
        try {
          count = content.read(buffer);
        } catch (IOException e) {
          throw unreadable(shown, e);
        }
        if (count < 0) {
          return;
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new StorageException(
          "no room to unpack '" + shown + "' in '" + disk.root() + "'",
          String.valueOf(e.getMessage()),
          List.of("set TMPDIR to a directory with more space"),
          e);
    }
  }

  /** How it was given, for messages. */
  public Path path() {
    return path;
  }

  public long size() {
    return size;
  }

  /** The first bytes, fewer if the file is shorter. */
  public byte[] start(int count) {
    try (InputStream in = read(0, Math.min(count, size))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Reads a part; skipping is free. */
  public Reading read(long offset, long length) {
    return new Reading(offset, offset + length);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static StorageException unreadable(Path path, IOException e) {
    return new StorageException(
        "'" + path + "' cannot be read", String.valueOf(e.getMessage()), List.of(), e);
  }

  /** A stream over a part, which counts what is read and may be told to stop early. */
  public final class Reading extends InputStream {
    private final long end;
    private long at;
    private long budget = Long.MAX_VALUE;

    private Reading(long start, long end) {
      this.at = start;
      this.end = end;
    }

    /** Where in the file the next byte is. */
    public long position() {
      return at;
    }

    /** After so many bytes, skipped ones not counted, reading fails. */
    public void allow(long bytes) {
      budget = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      int wanted = (int) Math.min(count, end - at);
      if (wanted <= 0) {
        return count == 0 ? 0 : -1;
      }
      budget -= wanted;
      if (budget < 0) {
        throw new IOException("the headers at byte " + at + " are longer than any archive needs");
      }
      int n = channel.read(ByteBuffer.wrap(into, from, wanted), at);
      if (n < 0) {
        throw new IOException("'" + path + "' was cut off while it was read");
      }
      at += n;
      return n;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, end - at));
      at += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - at);
    }
  }
}
