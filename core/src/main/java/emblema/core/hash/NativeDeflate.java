package emblema.core.hash;

import emblema.core.os.LibDeflate;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Semaphore;

/**
 * libdeflate for contents up to {@link #LONGEST}, gathered whole because it has no streams; longer
 * ones go to the JDK's deflater, so that memory stays bounded: outside the heap, only while a
 * content is at work, and one content over {@link #ORDINARY} at a time in the process. The shortest
 * go to the JDK's too: libdeflate stores them as they are, zlib makes them smaller.
 */
final class NativeDeflate implements Deflate {
  static final int LONGEST = 64 << 20;
  private static final int ORDINARY = 8 << 20;
  private static final int SHORTEST = 256;

  /** Buffers of this size stay for the next content. */
  private static final int SMALL = 256 << 10;

  private static final Semaphore LARGE = new Semaphore(1);

  private final LibDeflate library;
  private final JdkDeflate other;
  private final int longest;
  private final byte[] chunk = new byte[64 << 10];
  private final MemorySegment smallIn;
  private final MemorySegment smallOut;
  private MemorySegment in;
  private MemorySegment out;
  private long length;
  private boolean isForOther;
  private boolean holdsLarge;

  NativeDeflate(LibDeflate library, int level) {
    this(library, level, LONGEST);
  }

  NativeDeflate(LibDeflate library, int level, int longest) {
    this.library = library;
    this.other = new JdkDeflate(level);
    this.longest = longest;
    this.smallIn = library.allocate(SMALL);
    this.smallOut = library.allocate(library.bound(SMALL));
    this.in = smallIn;
    this.out = smallOut;
  }

  @Override
  public void begin(long sizeHint) throws IOException {
    end();
    other.begin(sizeHint);
    isForOther = sizeHint > longest;
    if (!isForOther) {
      reserve(sizeHint);
    }
  }

  @Override
  public void write(byte[] bytes, int count, Sink to) throws IOException {
    if (!isForOther && length + count > longest) {
      passOn(to);
    }
    if (isForOther) {
      other.write(bytes, count, to);
      return;
    }
    if (length + count > in.byteSize()) {
      reserve(Math.max(length + count, Math.min(2 * in.byteSize(), longest)));
    }
    MemorySegment.copy(bytes, 0, in, ValueLayout.JAVA_BYTE, length, count);
    length += count;
  }

  @Override
  public void finish(Sink to) throws IOException {
    if (!isForOther && length < SHORTEST) {
      passOn(to);
    }
    if (isForOther) {
      other.finish(to);
      return;
    }
    long bound = library.bound(length);
    if (bound > out.byteSize()) {
      out = library.allocate(bound);
    }
    long written = library.compress(in, length, out);
    for (long at = 0; at < written; at += chunk.length) {
      to.accept(chunk, take(out, at, written));
    }
  }

  @Override
  public void end() {
    if (!in.equals(smallIn)) {
      library.free(in);
      in = smallIn;
    }
    if (!out.equals(smallOut)) {
      library.free(out);
      out = smallOut;
    }
    length = 0;
    isForOther = false;
    if (holdsLarge) {
      holdsLarge = false;
      LARGE.release();
    }
  }

  /** Makes the input buffer at least this long and keeps what it holds. */
  private void reserve(long size) throws IOException {
    if (size <= in.byteSize()) {
      return;
    }
    if (size > ORDINARY && !holdsLarge) {
      try {
        LARGE.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
      holdsLarge = true;
    }
    MemorySegment grown = library.allocate(size);
    MemorySegment.copy(in, 0, grown, 0, length);
    if (!in.equals(smallIn)) {
      library.free(in);
    }
    in = grown;
  }

  /** Leaves this content to the other deflater, with what was gathered. */
  private void passOn(Sink to) throws IOException {
    isForOther = true;
    for (long at = 0; at < length; at += chunk.length) {
      other.write(chunk, take(in, at, length), to);
    }
  }

  private int take(MemorySegment from, long at, long end) {
    int count = (int) Math.min(chunk.length, end - at);
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
    return count;
  }
}
