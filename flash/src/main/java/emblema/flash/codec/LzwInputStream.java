package emblema.flash.codec;

import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses {@code .Z} data, in constant memory whatever they claim (spec flash-archive, 8.3).
 * Damaged data are an {@code IOException}; the format has no check sum, so some damage is only seen
 * by those who know what should come out.
 */
public final class LzwInputStream extends InputStream {
  private final InputStream in;
  private final int maxBits;
  private final boolean blockMode;

  private final int[] prefix;
  private final byte[] suffix;

  /** The string of the last code, backwards from the end. */
  private final byte[] stack;

  private int stackAt;

  /** A group of eight codes, as wide in bytes as a code in bits. */
  private final byte[] group = new byte[LzwFormat.MAX_BITS];

  private int groupBits;
  private int groupAt;

  private int width = LzwFormat.MIN_BITS;
  private int free;
  private int previous = -1;
  private int firstByte;
  private boolean ended;

  /**
   * Reads the header.
   *
   * @param in closed with this stream
   */
  public LzwInputStream(InputStream in) throws IOException {
    this.in = in;
    if (in.read() != LzwFormat.MAGIC_1 || in.read() != LzwFormat.MAGIC_2) {
      throw new IOException("not in compress format");
    }
    int flags = in.read();
    maxBits = flags & LzwFormat.BITS_MASK;
    if (flags < 0 || maxBits < LzwFormat.MIN_BITS || maxBits > LzwFormat.MAX_BITS) {
      throw new IOException("compressed with " + maxBits + " bits, which nobody can read");
    }
    blockMode = (flags & LzwFormat.BLOCK_MODE) != 0;
    free = firstFree();
    prefix = new int[1 << maxBits];
    suffix = new byte[1 << maxBits];
    stack = new byte[(1 << maxBits) + 1];
    stackAt = stack.length;
    for (int i = 0; i < 256; i++) {
      suffix[i] = (byte) i;
    }
  }

  private int firstFree() {
    return blockMode ? LzwFormat.CLEAR + 1 : LzwFormat.CLEAR;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (stackAt == stack.length && !decode()) {
        return done == 0 ? -1 : done;
      }
      int n = Math.min(length - done, stack.length - stackAt);
      System.arraycopy(stack, stackAt, into, offset + done, n);
      stackAt += n;
      done += n;
    }
    return done;
  }

  /** Puts the string of the next code on the stack; false at the end. */
  private boolean decode() throws IOException {
    int code = nextCode();
    while (blockMode && code == LzwFormat.CLEAR) {
      startGroup();
      width = LzwFormat.MIN_BITS;
      free = firstFree();
      previous = -1;
      code = nextCode();
    }
    if (code < 0) {
      return false;
    }
    if (previous < 0) {
      if (code > 255) {
        throw corrupt();
      }
      firstByte = code;
      stack[--stackAt] = (byte) code;
      previous = code;
      return true;
    }
    if (code > free || (code == free && free >= 1 << maxBits)) {
      throw corrupt();
    }
    int at = code;
    if (code == free) {
      stack[--stackAt] = (byte) firstByte;
      at = previous;
    }
    while (at > 255) {
      if (at < firstFree()) {
        throw corrupt();
      }
      stack[--stackAt] = suffix[at];
      at = prefix[at];
    }
    stack[--stackAt] = (byte) at;
    firstByte = at;
    if (free < 1 << maxBits) {
      prefix[free] = previous;
      suffix[free] = (byte) firstByte;
      free++;
    }
    previous = code;
    return true;
  }

  private static IOException corrupt() {
    return new IOException("the compressed data are damaged");
  }

  private void startGroup() {
    groupBits = 0;
    groupAt = 0;
  }

  /** The next code, or -1 when no whole one is left. */
  private int nextCode() throws IOException {
    if (ended) {
      return -1;
    }
    if (free > (1 << width) - 1 && width < maxBits) {
      startGroup();
      width++;
    }
    if (groupAt + width > groupBits) {
      int n = in.readNBytes(group, 0, width);
      groupAt = 0;
      groupBits = n * 8;
      if (groupBits < width) {
        ended = true;
        return -1;
      }
    }
    int code = 0;
    for (int i = 0; i < width; ) {
      int bit = groupAt + i;
      int take = Math.min(8 - (bit & 7), width - i);
      int part = (group[bit >> 3] & 0xFF) >> (bit & 7) & (1 << take) - 1;
      code |= part << i;
      i += take;
    }
    groupAt += width;
    return code;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
