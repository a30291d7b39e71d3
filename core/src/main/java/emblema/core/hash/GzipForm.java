package emblema.core.hash;

/** The fixed frame of stored payloads (spec manifest, 6.4): no name, no time, XFL 2, OS 255. */
final class GzipForm {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 2, (byte) 0xff};
  static final int HEADER_LENGTH = HEADER.length;
  static final int TRAILER_LENGTH = 8;

  private GzipForm() {}

  static byte[] header() {
    return HEADER.clone();
  }

  /** CRC-32 and length modulo 2^32, little-endian. */
  static byte[] trailer(long crc, long size) {
    byte[] trailer = new byte[TRAILER_LENGTH];
    for (int i = 0; i < 4; i++) {
      trailer[i] = (byte) (crc >>> (8 * i));
      trailer[4 + i] = (byte) (size >>> (8 * i));
    }
    return trailer;
  }
}
