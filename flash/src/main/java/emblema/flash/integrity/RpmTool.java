package emblema.flash.integrity;

import emblema.core.error.ConflictException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rpm of this machine, asked about the database in a tree. */
public final class RpmTool {
  /** Flags of files, as {@code FILEFLAGS} has them. */
  public static final int CONFIGURATION = 1;

  /** Of files that no package brings. */
  public static final int GHOST = 64;

  private static final List<SafePath> PLACES =
      List.of(SafePath.of("usr/lib/sysimage/rpm"), SafePath.of("var/lib/rpm"));

  private final Disk image;
  private final SafePath place;

  private RpmTool(Disk image, SafePath place) {
    this.image = image;
    this.place = place;
  }

  /** For a tree that has a database of rpm. */
  public static Optional<RpmTool> of(Disk image) {
    for (SafePath place : PLACES) {
      if (image.stat(place).filter(Stat::isDirectory).isPresent() && !image.list(place).isEmpty()) {
        return Optional.of(new RpmTool(image, place));
      }
    }
    return Optional.empty();
  }

  /**
   * Asks about all packages.
   *
   * @param format of rpm's {@code --queryformat}
   * @throws StorageException if rpm is not installed here, or cannot read the database
   */
  public void query(String format, Consumer<String> eachLine) {
    try {
      Process process =
          new ProcessBuilder(
                  "rpm",
                  "--dbpath", // rpms of other distributions would look elsewhere in a --root
                  image.root().resolve(place.text()).toString(),
                  "-qa",
                  "--qf",
                  format)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          eachLine.accept(OsNames.decode(line.getBytes(StandardCharsets.ISO_8859_1)));
        }
      }
      int status = process.waitFor();
      if (status != 0) {
        throw failure("rpm ended with status " + status, null);
      }
    } catch (IOException e) {
      throw failure(Objects.toString(e.getMessage(), "rpm cannot be run"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConflictException("interrupted while rpm listed its packages");
    }
  }

  private StorageException failure(String why, @Nullable Throwable e) {
    return new StorageException(
        "cannot read the rpm database of '" + image.root() + "'",
        why,
        List.of("install rpm on this machine"),
        e);
  }
}
