package emblema.flash.codec;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses {@code .Z} data, in constant memory whatever they claim (spec flash-archive, 8.3).
 * Damaged data are an {@code IOException}; the format has no check sum, so some damage is only seen
 * by those who know what should come out.
 */
public final class LzwInputStream extends InputStream {
  private static final int INPUT = 1 << 15;

  /** No string is longer than the table has entries. */
  private static final int LONGEST_STRING = 1 << LzwFormat.MAX_BITS;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream in;
  private final int maxBits;
  private final boolean blockMode;

  /** Strings by code: the code of all but the last byte above, the last byte in the low eight. */
  private final int[] strings;

  private final char[] lengths;

  /** Compressed bytes; eight more than are read at once, to take codes from as longs. */
  private final byte[] input = new byte[INPUT + Long.BYTES];

  private int inputEnd;
  private boolean isInputEnded;

  /** The next code, in bits from the beginning of the input. */
  private int at;

  /** Where the present group of eight codes begins, in bits; codes of one width share groups. */
  private int groupStart;

  private int width = LzwFormat.MIN_BITS;
  private int free;
  private int previous = -1;
  private int firstByte;

  private final byte[] plain = new byte[2 * LONGEST_STRING];
  private int plainAt;
  private int plainEnd;

  /** Told when everything before it was handed out. */
  private @Nullable IOException failure;

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
    strings = new int[1 << maxBits];
    lengths = new char[1 << maxBits];
    for (int i = 0; i < 256; i++) {
      strings[i] = i;
      lengths[i] = 1;
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
    if (length == 0) {
      return 0;
    }
    if (plainAt == plainEnd && !fill()) {
      return -1;
    }
    int n = Math.min(length, plainEnd - plainAt);
    System.arraycopy(plain, plainAt, into, offset, n);
    plainAt += n;
    return n;
  }

  /** Decodes until there is no room for a string of any length; false at the end. */
  private boolean fill() throws IOException {
    plainAt = 0;
    plainEnd = 0;
    if (failure != null) {
      throw failure;
    }
    try {
      while (plainEnd <= plain.length - LONGEST_STRING) {
        int code = nextCode();
        if (code < 0) {
          break;
        }
        decode(code);
      }
    } catch (IOException e) {
      failure = e;
      if (plainEnd == 0) {
        throw e;
      }
    }
    return plainEnd > 0;
  }

  private void decode(int code) throws IOException {
    if (blockMode && code == LzwFormat.CLEAR) {
      endGroup();
      width = LzwFormat.MIN_BITS;
      free = firstFree();
      previous = -1;
      return;
    }
    if (previous < 0) {
      if (code > 255) {
        throw corrupt();
      }
      firstByte = code;
      plain[plainEnd++] = (byte) code;
      previous = code;
      return;
    }
    int string = code;
    int end = plainEnd;
    if (code < free) {
      end += lengths[code];
      plainEnd = end;
    } else if (code == free && free < 1 << maxBits) {
      end += lengths[previous];
      plainEnd = end + 1;
      plain[end] = (byte) firstByte;
      string = previous;
    } else {
      throw corrupt();
    }
    while (string > 255) {
      int entry = strings[string];
      plain[--end] = (byte) entry;
      string = entry >>> 8;
    }
    plain[--end] = (byte) string;
    firstByte = string;
    if (free < 1 << maxBits) {
      strings[free] = previous << 8 | firstByte;
      lengths[free] = (char) (lengths[previous] + 1);
      free++;
    }
    previous = code;
  }

  private static IOException corrupt() {
    return new IOException("the compressed data are damaged");
  }

  /** Codes of another width begin a group of their own: what is left of this one means nothing. */
  private void endGroup() {
    int bits = width * 8;
    int used = (at - groupStart + bits - 1) / bits * bits;
    at = groupStart + used;
    groupStart = at;
  }

  /** The next code, or -1 when no whole one is left. */
  private int nextCode() throws IOException {
    if (free > (1 << width) - 1 && width < maxBits) {
      endGroup();
      width++;
    }
    if (at + width > inputEnd * 8 && !refill()) {
      return -1;
    }
    long bits = (long) LONGS.get(input, at >> 3);
    int code = (int) (bits >>> (at & 7)) & (1 << width) - 1;
    at += width;
    return code;
  }

  /** Makes room and reads; false if there is still no whole code. */
  private boolean refill() throws IOException {
    groupStart = at - (at - groupStart) % (width * 8); // only its phase matters
    int used = Math.min(at >> 3, inputEnd);
    System.arraycopy(input, used, input, 0, inputEnd - used);
    inputEnd -= used;
    at -= used * 8;
    groupStart -= used * 8;
    while (!isInputEnded && at + width > inputEnd * 8) {
      int n = in.read(input, inputEnd, INPUT - inputEnd);
      isInputEnded = n < 0;
      inputEnd += Math.max(n, 0);
    }
    return at + width <= inputEnd * 8;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
