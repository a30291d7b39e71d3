package emblema.flash.codec;

/** Constants of the {@code .Z} format of compress (spec flash-archive, 8.3). */
final class LzwFormat {
  static final int MAGIC_1 = 0x1f;
  static final int MAGIC_2 = 0x9d;
  static final int BLOCK_MODE = 0x80;
  static final int BITS_MASK = 0x1f;
  static final int MIN_BITS = 9;
  static final int MAX_BITS = 16;

  /** The code that empties the table, in block mode. */
  static final int CLEAR = 256;

  private LzwFormat() {}
}
