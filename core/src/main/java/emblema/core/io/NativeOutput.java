package emblema.core.io;

import emblema.core.error.EmblemaException;
import emblema.core.os.FileContent;
import emblema.core.os.OsException;
import emblema.core.os.Posix;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.function.Function;

/** Writes an open file through a small buffer outside the heap. For one thread at a time. */
final class NativeOutput extends OutputStream {
  private final int fd;
  private final Function<OsException, EmblemaException> failures;

  private final MemorySegment buffer = Buffers.take();
  private int filled;
  private boolean isClosed;

  NativeOutput(int fd, Function<OsException, EmblemaException> failures) {
    this.fd = fd;
    this.failures = failures;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, from.length);
    if (isClosed) {
      throw new IllegalStateException("the stream is closed");
    }
    int at = offset;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, Buffers.SIZE - filled);
      MemorySegment.copy(from, at, buffer, ValueLayout.JAVA_BYTE, filled, n);
      filled += n;
      at += n;
      left -= n;
      if (filled == Buffers.SIZE) {
        flush();
      }
    }
  }

  @Override
  public void flush() {
    if (filled > 0 && !isClosed) {
      int length = filled;
      filled = 0;
      try {
        FileContent.writeFully(fd, buffer, length);
      } catch (OsException e) {
        throw failures.apply(e);
      }
    }
  }

  @Override
  public void close() {
    if (!isClosed) {
      try {
        flush();
      } finally {
        isClosed = true;
        Posix.close(fd);
        Buffers.give(buffer);
      }
    }
  }
}
