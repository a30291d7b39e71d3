package emblema.flash.integrity;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Files of lines in an image. */
final class TextFile {
  private TextFile() {}

  /** Shows each line; bytes that are not UTF-8 come as file names have them. */
  static void lines(Disk image, SafePath file, Consumer<String> each) {
    // ISO 8859-1 keeps every byte apart, so that names can be decoded line by line.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(image.read(file), StandardCharsets.ISO_8859_1), 1 << 16)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        each.accept(OsNames.decode(line.getBytes(StandardCharsets.ISO_8859_1)));
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + image.describe(file) + "'",
          Objects.toString(e.getMessage(), null),
          List.of(),
          e);
    }
  }
}
