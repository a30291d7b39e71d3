package emblema.core.io;

import emblema.core.error.EmblemaException;
import emblema.core.os.FileContent;
import emblema.core.os.OsException;
import emblema.core.os.Posix;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.function.Function;

/** Reads an open file through a small buffer outside the heap. For one thread at a time. */
final class NativeInput extends InputStream {
  private final int fd;
  private final Function<OsException, EmblemaException> failures;

  private final MemorySegment buffer = Buffers.take();
  private int start;
  private int end;
  private boolean isClosed;

  NativeInput(int fd, Function<OsException, EmblemaException> failures) {
    this.fd = fd;
    this.failures = failures;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (start == end && !fill()) {
      return -1;
    }
    int n = Math.min(length, end - start);
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, start, into, offset, n);
    start += n;
    return n;
  }

  /** Moves on without reading; beyond the end of the file there is nothing to read. */
  @Override
  public long skip(long count) {
    long buffered = Math.min(Math.max(count, 0), end - start);
    start += (int) buffered;
    long rest = count - buffered;
    if (rest <= 0) {
      return buffered;
    }
    if (isClosed) {
      throw new IllegalStateException("the stream is closed");
    }
    try {
      FileContent.skip(fd, rest);
      return count;
    } catch (OsException e) {
      throw failures.apply(e);
    }
  }

  @Override
  public int available() {
    return end - start;
  }

  private boolean fill() {
    if (isClosed) {
      throw new IllegalStateException("the stream is closed");
    }
    try {
      start = 0;
      end = FileContent.read(fd, buffer, Buffers.SIZE);
      return end > 0;
    } catch (OsException e) {
      end = 0;
      throw failures.apply(e);
    }
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      start = end;
      Posix.close(fd);
      Buffers.give(buffer);
    }
  }
}
