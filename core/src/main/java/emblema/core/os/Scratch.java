package emblema.core.os;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap for the arguments of one call, used again for the next: as many pieces as
 * calls were ever under way at once. What does not fit is allocated for this one use. Its content
 * is whatever the last user left.
 */
final class Scratch implements AutoCloseable {
  private static final int SIZE = 80 * 1024;
  private static final long STATE = Linker.Option.captureStateLayout().byteSize();
  private static final ConcurrentLinkedQueue<Scratch> FREE = new ConcurrentLinkedQueue<>();

  private final MemorySegment memory = Arena.global().allocate(SIZE, 8);
  private final MemorySegment state = memory.asSlice(0, STATE);
  private long used = STATE;
  private @Nullable Arena more;

  private Scratch() {}

  static Scratch take() {
    Scratch free = FREE.poll();
    return free == null ? new Scratch() : free;
  }

  /** Where a call leaves its errno. */
  MemorySegment state() {
    return state;
  }

  /** Memory until this is closed, aligned to eight bytes. */
  MemorySegment allocate(long size) {
    long start = used + 7 & ~7L;
    if (start + size > SIZE) {
      Arena arena = more == null ? Arena.ofConfined() : more;
      more = arena;
      return arena.allocate(size, 8);
    }
    used = start + size;
    return memory.asSlice(start, size);
  }

  /** The address of bytes with a terminating NUL, as the kernel reads names. */
  long text(byte[] bytes) {
    MemorySegment segment = allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    segment.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    return segment.address();
  }

  @Override
  public void close() {
    if (more != null) {
      more.close();
      more = null;
    }
    used = STATE;
    FREE.add(this);
  }
}
