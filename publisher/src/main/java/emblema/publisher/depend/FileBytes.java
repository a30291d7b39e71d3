package emblema.publisher.depend;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file read here and there: its beginning and the last part are kept. */
final class FileBytes implements AutoCloseable {
  private static final int HEAD = 4096;
  private static final int WINDOW = 32 << 10;

  private final Disk disk;
  private final SafePath path;
  private final long size;
  private final byte[] head;
  private @Nullable InputStream input;
  private long position;
  private byte[] window = new byte[0];
  private long begin;

  /**
   * @param size of the file; nothing beyond is looked for
   */
  FileBytes(Disk disk, SafePath path, long size) throws IOException {
    this.disk = disk;
    this.path = path;
    this.size = size;
    this.head = read(0, HEAD);
  }

  /** The first bytes, at most 4096. */
  byte[] head() {
    return head;
  }

  /** The bytes at the place, fewer where the file ends before. */
  ByteBuffer at(long offset, int length, ByteOrder order) throws IOException {
    if (offset >= 0 && offset <= head.length - length) {
      return part(head, offset, length, order);
    }
    boolean kept = offset >= begin && offset <= begin + window.length - length;
    if (!kept) {
      window = read(offset, Math.max(length, WINDOW));
      begin = offset;
    }
    return part(window, offset - begin, Math.min(length, window.length), order);
  }

  private static ByteBuffer part(byte[] bytes, long from, int length, ByteOrder order) {
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, (int) from, (int) from + length)).order(order);
  }

  private byte[] read(long offset, int length) throws IOException {
    if (offset < 0 || offset >= size) {
      return new byte[0];
    }
    InputStream in = input;
    if (in == null || offset < position) {
      close();
      in = disk.read(path);
      input = in;
      position = 0;
    }
    while (position < offset) {
      long skipped = in.skip(offset - position);
      if (skipped <= 0) {
        return new byte[0];
      }
      position += skipped;
    }
    byte[] bytes = in.readNBytes(length);
    position += bytes.length;
    return bytes;
  }

  @Override
  public void close() throws IOException {
    if (input != null) {
      input.close();
      input = null;
    }
  }
}
