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

/**
 * The packages of rpm, as the tool tells them; ghost files, which no package brings, are left out.
 */
record RpmDatabase(Disk image, SafePath place) implements PackageDatabase {
  private static final List<SafePath> PLACES =
      List.of(SafePath.of("usr/lib/sysimage/rpm"), SafePath.of("var/lib/rpm"));
  private static final int GHOST = 64;

  static Optional<PackageDatabase> in(Disk image) {
    for (SafePath place : PLACES) {
      if (image.stat(place).filter(Stat::isDirectory).isPresent() && !image.list(place).isEmpty()) {
        return Optional.of(new RpmDatabase(image, place));
      }
    }
    return Optional.empty();
  }

  @Override
  public String name() {
    return "rpm";
  }

  @Override
  public void paths(Consumer<String> each) {
    try {
      Process process =
          new ProcessBuilder(
                  "rpm",
                  "--dbpath", // rpms of other distributions would look elsewhere in a --root
                  image.root().resolve(place.text()).toString(),
                  "-qa",
                  "--qf",
                  "[%{FILEFLAGS} %{FILENAMES}\\n]")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          int blank = line.indexOf(' ');
          if (blank > 0
              && line.substring(0, blank).matches("[0-9]{1,9}")
              && (Integer.parseInt(line.substring(0, blank)) & GHOST) == 0) {
            each.accept(
                OsNames.decode(line.substring(blank + 1).getBytes(StandardCharsets.ISO_8859_1)));
          }
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

  private StorageException failure(String why, @org.jspecify.annotations.Nullable Throwable e) {
    return new StorageException(
        "cannot read the rpm database of '" + image.root() + "'",
        why,
        List.of("install rpm here, or create the archive without the check (-I)"),
        e);
  }
}
