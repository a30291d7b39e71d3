package emblema.flash.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Compresses to {@code .Z} data as compress does: codes of 9 to 16 bits, block mode (spec
 * flash-archive, 8.3). The table is emptied when it is full and no longer pays.
 */
public final class LzwOutputStream extends OutputStream {
  private static final int KEY_BITS = 24;
  private static final int TABLE_BITS = 17;
  private static final int TABLE = 1 << TABLE_BITS;

  /**
   * Slots from where an entry should be to where it is, at most. An entry keeps sixteen bits of its
   * key, nine of which say the slot where it should be: this near they tell it from all others.
   */
  private static final int LONGEST_WAY = 256;

  /** Odd: multiplying permutes the keys. */
  private static final int SPREAD = 0x9E3779B1;

  /** Bytes of input between two looks at the ratio, once the table is full. */
  private static final int CHECK = 10_000;

  private static final int OUTPUT = 1 << 15;

  private final OutputStream out;

  /**
   * Strings by prefix and last byte, open addressing: low bits of the spread key above, the code
   * below; 0 is empty, as no code of a string is.
   */
  private final int[] table = new int[TABLE];

  private final byte[] output = new byte[OUTPUT];
  private int filled;

  /** Bits not yet in the output, the first ones lowest. */
  private long pending;

  private int pendingBits;

  /** Codes in the present group of eight. */
  private int inGroup;

  private int width = LzwFormat.MIN_BITS;
  private int free = LzwFormat.CLEAR + 1;
  private int prefix = -1;
  private boolean finished;

  private long bytesIn;
  private long bytesOut;
  private long nextCheck = CHECK;
  private double ratio;

  /**
   * Writes the header.
   *
   * @param out closed with this stream
   */
  public LzwOutputStream(OutputStream out) throws IOException {
    this.out = out;
    output[filled++] = LzwFormat.MAGIC_1;
    output[filled++] = (byte) LzwFormat.MAGIC_2;
    output[filled++] = (byte) (LzwFormat.BLOCK_MODE | LzwFormat.MAX_BITS);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    int[] strings = table;
    int end = offset + length;
    int at = offset;
    int string = prefix >= 0 ? prefix : bytes[at++] & 0xFF;
    while (at < end) {
      int next = bytes[at++] & 0xFF;
      int key = ((string << 8 | next) * SPREAD) & ((1 << KEY_BITS) - 1);
      int tag = key << 16;
      int slot = key >>> KEY_BITS - TABLE_BITS;
      int entry = strings[slot];
      int left = LONGEST_WAY;
      while (entry != 0 && (entry & 0xFFFF0000) != tag && left > 0) {
        slot = (slot + 1) & (TABLE - 1);
        entry = strings[slot];
        left--;
      }
      if (entry != 0 && left > 0) {
        string = entry & 0xFFFF;
        continue;
      }
      emit(string);
      string = next;
      if (free < 1 << LzwFormat.MAX_BITS) {
        if (left > 0) {
          strings[slot] = tag | free;
        } // else the decoder knows a string that we never use
        grow();
        free++;
      } else if (bytesIn + (at - offset) >= nextCheck) {
        nextCheck = bytesIn + (at - offset) + CHECK;
        clearIfItPays(bytesIn + (at - offset));
      }
    }
    prefix = string;
    bytesIn += length;
  }

  /**
   * The decoder learns each entry one code later than we do: it widens its codes before the code
   * that follows the entry that no longer fits.
   */
  private void grow() throws IOException {
    if (free > (1 << width) - 1 && width < LzwFormat.MAX_BITS) {
      endGroup();
      width++;
    }
  }

  private void clearIfItPays(long read) throws IOException {
    double now = (double) read / (bytesOut + filled);
    if (now > ratio) {
      ratio = now;
      return;
    }
    ratio = 0;
    emit(LzwFormat.CLEAR);
    endGroup();
    Arrays.fill(table, 0);
    width = LzwFormat.MIN_BITS;
    free = LzwFormat.CLEAR + 1;
  }

  private void emit(int code) throws IOException {
    pending |= (long) code << pendingBits;
    pendingBits += width;
    inGroup = (inGroup + 1) & 7;
    if (pendingBits >= Integer.SIZE) {
      drain();
    }
  }

  /** Moves whole bytes to the output. */
  private void drain() throws IOException {
    if (filled > OUTPUT - Long.BYTES) {
      empty();
    }
    while (pendingBits >= 8) {
      output[filled++] = (byte) pending;
      pending >>>= 8;
      pendingBits -= 8;
    }
  }

  private void empty() throws IOException {
    out.write(output, 0, filled);
    bytesOut += filled;
    filled = 0;
  }

  /** Codes of another width begin a group of their own: the rest of this one stays empty. */
  private void endGroup() throws IOException {
    while (inGroup != 0) {
      emit(0);
    }
    drain();
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
    pendingBits += 7; // The last byte may be in part.
    drain();
    empty();
  }

  @Override
  public void flush() throws IOException {
    empty();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    finish();
    out.close();
  }
}
