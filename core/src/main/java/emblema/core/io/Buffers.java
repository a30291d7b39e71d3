package emblema.core.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers outside the heap, used again: as many as streams were ever open at once. */
final class Buffers {
  static final int SIZE = 64 * 1024;

  private static final ConcurrentLinkedQueue<MemorySegment> FREE = new ConcurrentLinkedQueue<>();

  private Buffers() {}

  static MemorySegment take() {
    MemorySegment free = FREE.poll();
    return free == null ? Arena.global().allocate(SIZE) : free;
  }

  static void give(MemorySegment buffer) {
    FREE.add(buffer);
  }
}
