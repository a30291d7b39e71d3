package emblema.image.change;

import emblema.core.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Texts that are shown to people: licences and release notes. */
final class SmallText {
  /** Bytes; longer texts are cut off. */
  private static final int LONGEST = 1 << 20;

  private SmallText() {}

  /** Reads and closes. */
  static String read(InputStream in) {
    try (InputStream text = in) {
      return new String(text.readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StorageException("cannot read a text", e.getMessage(), List.of(), e);
    }
  }
}
