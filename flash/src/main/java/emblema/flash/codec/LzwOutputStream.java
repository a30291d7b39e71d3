package emblema.flash.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Compresses into {@code .Z} data of 16 bits in block mode, as compress writes them (spec
 * flash-archive, 8.3). The table is emptied when it is full and no longer pays.
 */
public final class LzwOutputStream extends OutputStream {
  private static final int HASH_SIZE = 1 << 18;

  /** Bytes of input between two looks at the ratio, once the table is full. */
  private static final int CHECK = 10_000;

  private final OutputStream out;

  /** Keys are prefix and byte plus one, values the codes; open addressing. */
  private final int[] keys = new int[HASH_SIZE];

  private final char[] codes = new char[HASH_SIZE];
  private final byte[] group = new byte[LzwFormat.MAX_BITS];
  private int groupAt;
  private int width = LzwFormat.MIN_BITS;
  private int free = LzwFormat.CLEAR + 1;
  private int prefix = -1;
  private boolean finished;

  private long bytesIn;
  private long bytesOut = 3;
  private long nextCheck = CHECK;
  private double ratio;

  /**
   * Writes the header.
   *
   * @param out closed with this stream
   */
  public LzwOutputStream(OutputStream out) throws IOException {
    this.out = out;
    out.write(LzwFormat.MAGIC_1);
    out.write(LzwFormat.MAGIC_2);
    out.write(LzwFormat.BLOCK_MODE | LzwFormat.MAX_BITS);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      int next = bytes[i] & 0xFF;
      bytesIn++;
      if (prefix < 0) {
        prefix = next;
        continue;
      }
      int key = (prefix << 8 | next) + 1;
      int at = (key * 0x9E3779B1) >>> 14;
      while (keys[at] != 0 && keys[at] != key) {
        at = (at + 1) & (HASH_SIZE - 1);
      }
      if (keys[at] == key) {
        prefix = codes[at];
        continue;
      }
      emit(prefix);
      prefix = next;
      if (free < 1 << LzwFormat.MAX_BITS) {
        keys[at] = key;
        codes[at] = (char) free;
        grow();
        free++;
      } else if (bytesIn >= nextCheck) {
        nextCheck = bytesIn + CHECK;
        clearIfItPays();
      }
    }
  }

  /**
   * The decoder learns each entry one code later than we do: it widens its codes before the code
   * that follows the entry that no longer fits.
   */
  private void grow() throws IOException {
    if (free > (1 << width) - 1 && width < LzwFormat.MAX_BITS) {
      flushGroup();
      width++;
    }
  }

  private void clearIfItPays() throws IOException {
    double now = (double) bytesIn / bytesOut;
    if (now > ratio) {
      ratio = now;
      return;
    }
    ratio = 0;
    emit(LzwFormat.CLEAR);
    flushGroup();
    Arrays.fill(keys, 0);
    width = LzwFormat.MIN_BITS;
    free = LzwFormat.CLEAR + 1;
  }

  private void emit(int code) throws IOException {
    for (int i = 0; i < width; ) {
      int bit = groupAt + i;
      int take = Math.min(8 - (bit & 7), width - i);
      group[bit >> 3] |= (byte) ((code >> i & (1 << take) - 1) << (bit & 7));
      i += take;
    }
    groupAt += width;
    if (groupAt == width * 8) {
      flushGroup();
    }
  }

  /** Codes of another width begin a group of their own: the rest of this one stays empty. */
  private void flushGroup() throws IOException {
    if (groupAt == 0) {
      return;
    }
    out.write(group, 0, width);
    bytesOut += width;
    Arrays.fill(group, (byte) 0);
    groupAt = 0;
  }

  /** Writes what is left; nothing may follow. */
  public void finish() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    if (prefix >= 0) {
      emit(prefix);
    }
    out.write(group, 0, (groupAt + 7) / 8);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    finish();
    out.close();
  }
}
