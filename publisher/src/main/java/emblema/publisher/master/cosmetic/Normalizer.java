package emblema.publisher.master.cosmetic;

import emblema.core.hash.ElfContent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes out of a content what only says when it was made: stamps of Python caches and gzip streams,
 * dates of members in ar, tar and zip archives.
 */
final class Normalizer {
  private static final byte[] AR = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int AR_HEADER = 60;
  private static final int TAR_BLOCK = 512;
  private static final int ZIP_END = 22;
  private static final int LONGEST_COMMENT = 65535;

  private Normalizer() {}

  /** Whether two contents are the same but for stamps. */
  static boolean same(String name, byte[] before, byte[] after) {
    if (before.length != after.length) {
      return false;
    }
    byte[] one = before.clone();
    byte[] other = after.clone();
    return mask(name, one) && mask(name, other) && Arrays.equals(one, other);
  }

  /** Whether two ELF files load and run the same: their sections but notes and debugging data. */
  static boolean loadSame(byte[] before, byte[] after) {
    Optional<emblema.core.hash.PayloadFacts.ElfFacts> one = ElfContent.facts(before);
    return one.isPresent() && one.equals(ElfContent.facts(after));
  }

  /** Blanks the stamps; false for a content that has none that we know. */
  private static boolean mask(String name, byte[] bytes) {
    if (name.endsWith(".pyc") && bytes.length >= 16) {
      return maskPython(bytes);
    }
    if (bytes.length > 10 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
      Arrays.fill(bytes, 4, 8, (byte) 0);
      return true;
    }
    if (bytes.length > AR.length && Arrays.equals(bytes, 0, AR.length, AR, 0, AR.length)) {
      return maskAr(bytes);
    }
    if (bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K') {
      return maskZip(bytes);
    }
    return isTar(bytes, 0) && maskTar(bytes);
  }

  /** The time of the source: not where the cache goes by the source's hash. */
  private static boolean maskPython(byte[] bytes) {
    int flags = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    if (flags > 0 && flags < 4) {
      return false;
    }
    int at = flags == 0 ? 8 : 4; // before Python 3.7 there were no flags
    Arrays.fill(bytes, at, at + 4, (byte) 0);
    return true;
  }

  private static boolean maskAr(byte[] bytes) {
    int at = AR.length;
    while (at + AR_HEADER <= bytes.length) {
      Arrays.fill(bytes, at + 16, at + 28, (byte) ' ');
      long size = number(bytes, at + 48, 10, 10);
      if (size < 0 || size > bytes.length) {
        return false;
      }
      at += AR_HEADER + (int) size + (int) (size & 1);
    }
    return true;
  }

  private static boolean isTar(byte[] bytes, int at) {
    return at + TAR_BLOCK <= bytes.length
        && new String(bytes, at + 257, 5, StandardCharsets.US_ASCII).equals("ustar");
  }

  private static boolean maskTar(byte[] bytes) {
    int at = 0;
    while (isTar(bytes, at)) {
      Arrays.fill(bytes, at + 136, at + 156, (byte) 0); // the time and the checksum over it
      long size = number(bytes, at + 124, 12, 8);
      if (size < 0 || size > bytes.length) {
        return false;
      }
      at += TAR_BLOCK + (int) ((size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK);
    }
    return true;
  }

  private static boolean maskZip(byte[] bytes) {
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - ZIP_END;
    int first = Math.max(0, end - LONGEST_COMMENT);
    while (end >= first && zip.getInt(end) != 0x06054b50) {
      end--;
    }
    if (end < first) {
      return false;
    }
    int count = zip.getShort(end + 10) & 0xffff;
    int at = zip.getInt(end + 16);
    for (int i = 0; i < count; i++) {
      if (at < 0 || at > bytes.length - 46 || zip.getInt(at) != 0x02014b50) {
        return false;
      }
      int member = zip.getInt(at + 42);
      if (member < 0 || member > bytes.length - 30 || zip.getInt(member) != 0x04034b50) {
        return false;
      }
      zip.putInt(at + 12, 0);
      zip.putInt(member + 10, 0);
      at +=
          46
              + (zip.getShort(at + 28) & 0xffff)
              + (zip.getShort(at + 30) & 0xffff)
              + (zip.getShort(at + 32) & 0xffff);
    }
    return true;
  }

  /** A number in text, or -1. */
  private static long number(byte[] bytes, int at, int length, int radix) {
    String text =
        new String(bytes, at, length, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
    try {
      return Long.parseLong(text, radix);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
