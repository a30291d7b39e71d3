package emblema.flash.manifest;

/**
 * Numbers of 32 bits as eight characters, the least significant four bits first. Written as the
 * characters {@code 0} to {@code ?}; read from whatever character has the right low four bits.
 */
final class Nibbles {
  static final int LENGTH = 8;

  private Nibbles() {}

  static void append(StringBuilder line, int number) {
    for (int i = 0; i < LENGTH; i++) {
      line.append((char) ('0' + (number >>> (4 * i) & 0xF)));
    }
  }

  static int parse(String text, int at) {
    int number = 0;
    for (int i = 0; i < LENGTH; i++) {
      number |= (text.charAt(at + i) & 0xF) << (4 * i);
    }
    return number;
  }
}
