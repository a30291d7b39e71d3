package emblema.core.hash;

import emblema.core.os.LibDeflate;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * libdeflate for contents up to {@link #LONGEST}, gathered whole because it has no streams; longer
 * ones go to the JDK's deflater, so that memory stays bounded (twice {@link #LONGEST} outside the
 * heap, and only while such a content is at work). So do the shortest, which libdeflate stores as
 * they are and zlib makes smaller.
 */
final class NativeDeflate implements Deflate {
  static final int LONGEST = 8 << 20;

  private static final int SHORTEST = 256;

  /** Buffers of this size stay for the next content. */
  private static final int SMALL = 256 << 10;

  private final LibDeflate library;
  private final JdkDeflate other;
  private final int longest;
  private final byte[] chunk = new byte[64 << 10];
  private final MemorySegment smallIn = Arena.global().allocate(SMALL);
  private final MemorySegment smallOut;
  private @Nullable Arena arena;
  private MemorySegment in = smallIn;
  private long length;
  private boolean isForOther;

  NativeDeflate(LibDeflate library, int level) {
    this(library, level, LONGEST);
  }

  NativeDeflate(LibDeflate library, int level, int longest) {
    this.library = library;
    this.other = new JdkDeflate(level);
    this.longest = longest;
    this.smallOut = Arena.global().allocate(library.bound(SMALL));
  }

  @Override
  public void begin(long sizeHint) {
    end();
    other.begin(sizeHint);
    isForOther = sizeHint > longest;
    if (!isForOther && sizeHint > SMALL) {
      in = large().allocate(sizeHint);
    }
  }

  @Override
  public void write(byte[] bytes, int count, Sink to) throws IOException {
    if (!isForOther && length + count > longest) {
      isForOther = true;
      passOn(to);
    }
    if (isForOther) {
      other.write(bytes, count, to);
      return;
    }
    if (length + count > in.byteSize()) {
      MemorySegment grown = large().allocate(Math.max(length + count, 2 * in.byteSize()));
      MemorySegment.copy(in, 0, grown, 0, length);
      in = grown;
    }
    MemorySegment.copy(bytes, 0, in, ValueLayout.JAVA_BYTE, length, count);
    length += count;
  }

  @Override
  public void finish(Sink to) throws IOException {
    if (!isForOther && length < SHORTEST) {
      isForOther = true;
      passOn(to);
    }
    if (isForOther) {
      other.finish(to);
      return;
    }
    long bound = library.bound(length);
    MemorySegment out = bound <= smallOut.byteSize() ? smallOut : large().allocate(bound);
    long written = library.compress(in, length, out);
    for (long at = 0; at < written; at += chunk.length) {
      to.accept(chunk, take(out, at, written));
    }
  }

  @Override
  public void end() {
    in = smallIn;
    length = 0;
    isForOther = false;
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }

  /** Gives the other deflater what was gathered. */
  private void passOn(Sink to) throws IOException {
    for (long at = 0; at < length; at += chunk.length) {
      other.write(chunk, take(in, at, length), to);
    }
  }

  private int take(MemorySegment from, long at, long end) {
    int count = (int) Math.min(chunk.length, end - at);
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
    return count;
  }

  /** A content is begun and ended by one thread. */
  private Arena large() {
    if (arena == null) {
      arena = Arena.ofConfined();
    }
    return arena;
  }
}
