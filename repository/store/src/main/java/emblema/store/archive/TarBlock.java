package emblema.store.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One header block of a tar file, ustar or GNU.
 *
 * @param name as the block has it, at most 255 bytes
 * @param size of the data in bytes; negative if the field makes no sense
 * @param type the type flag; an old file's NUL is {@code '0'}
 */
record TarBlock(String name, long size, char type) {
  static final int LENGTH = 512;

  static final char FILE = '0';
  static final char DIRECTORY = '5';
  static final char PAX = 'x';
  static final char PAX_GLOBAL = 'g';
  static final char GNU_LONG_NAME = 'L';

  /** The longest name that a block of ours holds; longer ones go to a pax header. */
  static final int LONGEST_NAME = 100;

  /** What eleven octal digits can say. */
  static final long LARGEST_SIZE = (1L << 33) - 1;

  private static final int SIZE = 124;
  private static final int CHECKSUM = 148;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;

  /** Length rounded up to whole blocks. */
  static long padded(long length) {
    return (length + LENGTH - 1) / LENGTH * LENGTH;
  }

  static boolean isEnd(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the block's own sum of its bytes is right, added as unsigned or as signed bytes. */
  static boolean isHeader(byte[] block) {
    long stated = octal(block, CHECKSUM, 8);
    return stated == sum(block, false) || stated == sum(block, true);
  }

  static TarBlock parse(byte[] block) {
    String name = text(block, 0, 100);
    boolean ustar = text(block, MAGIC, 6).equals("ustar");
    String prefix = ustar ? text(block, PREFIX, 155) : "";
    long size = block[SIZE] < 0 ? binary(block, SIZE, 12) : octal(block, SIZE, 12);
    char type = block[156] == 0 ? FILE : (char) (block[156] & 0xff);
    return new TarBlock(prefix.isEmpty() ? name : prefix + "/" + name, size, type);
  }

  /** The bytes of a block owned by root, with modes as the reference writes them, of time zero. */
  byte[] toBytes() {
    byte[] block = new byte[LENGTH];
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, 0, Math.min(bytes.length, LONGEST_NAME));
    boolean extension = type == PAX;
    number(block, 100, 8, extension ? 0 : type == DIRECTORY ? 0755 : 0644);
    number(block, 108, 8, 0);
    number(block, 116, 8, 0);
    number(block, SIZE, 12, size);
    number(block, 136, 12, 0);
    block[156] = (byte) type;
    ascii(block, MAGIC, "ustar\00000");
    if (!extension) {
      ascii(block, 265, "root");
      ascii(block, 297, "root");
    }
    ascii(block, CHECKSUM, String.format("%06o\0 ", sum(block, false)));
    return block;
  }

  private static long sum(byte[] block, boolean signed) {
    long sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      byte each = i >= CHECKSUM && i < CHECKSUM + 8 ? (byte) ' ' : block[i];
      sum += signed ? each : each & 0xff;
    }
    return sum;
  }

  private static void number(byte[] block, int at, int width, long value) {
    ascii(block, at, String.format("%0" + (width - 1) + "o", value));
  }

  private static void ascii(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private static String text(byte[] block, int at, int width) {
    int end = at;
    while (end < at + width && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] block, int at, int width) {
    String digits =
        new String(Arrays.copyOfRange(block, at, at + width), StandardCharsets.ISO_8859_1)
            .replace('\0', ' ')
            .strip();
    return digits.isEmpty() ? 0 : digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, 8) : -1;
  }

  /** GNU's form for large numbers: the first byte is 0x80, the rest is the number. */
  private static long binary(byte[] block, int at, int width) {
    long value = 0;
    for (int i = at + 1; i < at + width; i++) {
      if (value >>> 54 != 0) {
        return -1;
      }
      value = value << 8 | (block[i] & 0xff);
    }
    return block[at] == (byte) 0x80 ? value : -1;
  }
}
