package emblema.core.hash;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Content that can be read at any place. */
interface RandomBytes {
  /** Reads some bytes at the place, at least one; -1 at the end. */
  int read(long at, ByteBuffer into) throws IOException;

  /** Fills the buffer and flips it; false where the content ends before. */
  default boolean fill(long at, ByteBuffer into) throws IOException {
    into.clear();
    return fillRest(at, into);
  }

  /** Fills what remains of the buffer and flips it; false where the content ends before. */
  default boolean fillRest(long at, ByteBuffer into) throws IOException {
    long next = at;
    while (into.hasRemaining()) {
      int n = read(next, into);
      if (n <= 0) {
        return false;
      }
      next += n;
    }
    into.flip();
    return true;
  }
}
