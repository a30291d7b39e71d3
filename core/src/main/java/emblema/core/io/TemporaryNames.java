package emblema.core.io;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The name under which a file is written before it gets its own. It is in the same directory and
 * always the same for the same file, so that what a crash left behind is found and replaced.
 */
public final class TemporaryNames {
  private static final String PREFIX = ".";
  private static final String SUFFIX = ".emblema-new";

  private TemporaryNames() {}

  public static SafePath of(SafePath path) {
    String name = PREFIX + path.name() + SUFFIX;
    if (OsNames.lengthInBytes(name) > 255) {
      CRC32 sum = new CRC32();
      sum.update(path.name().getBytes(StandardCharsets.UTF_16LE));
      name = PREFIX + path.name().codePointCount(0, path.name().length()) + "-" + sum.getValue();
      name += SUFFIX;
    }
    return path.parent().orElse(SafePath.ROOT).resolve(name);
  }

  /** Whether a name in a directory is one of these: the leftover of a crash. */
  public static boolean isTemporary(String name) {
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }
}
