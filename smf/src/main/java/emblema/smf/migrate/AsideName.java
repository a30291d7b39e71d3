package emblema.smf.migrate;

import emblema.core.hash.Digest;
import emblema.core.io.OsNames;
import java.util.Arrays;

/** Names for staged objects whose own name is taken by something different. */
final class AsideName {
  private static final int LONGEST = 255;

  private AsideName() {}

  /**
   * {@code NAME.BE.STAMP}, then {@code NAME.BE.STAMP.1} and so on. A name that would be longer than
   * 255 bytes is cut and told apart by a hash of the whole.
   */
  static String of(String name, String environment, String stamp, int attempt) {
    String suffix = "." + environment + "." + stamp + (attempt == 0 ? "" : "." + attempt);
    byte[] bytes = OsNames.encode(name);
    int room = LONGEST - OsNames.lengthInBytes(suffix);
    if (bytes.length <= room) {
      return name + suffix;
    }
    String hash = "~" + Digest.SHA256.hex(bytes).substring(0, 8);
    int end = room - hash.length();
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return OsNames.decode(Arrays.copyOf(bytes, end)) + hash + suffix;
  }
}
