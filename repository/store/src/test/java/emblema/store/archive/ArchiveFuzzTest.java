package emblema.store.archive;

import com.code_intelligence.jazzer.junit.FuzzTest;
import emblema.core.error.EmblemaException;
import emblema.core.fmri.Fmri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Any bytes are an archive whose manifests can be asked for, or a typed error. Normal builds run
 * the seeds; {@code JAZZER_FUZZ=1} looks for more.
 */
class ArchiveFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void opensOrRefuses(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("fuzz", ".p5p");
    try {
      Files.write(file, bytes);
      try (PackageArchive archive = PackageArchive.open(file)) {
        for (String publisher : archive.publishers()) {
          for (Fmri fmri : archive.packages(publisher)) {
            read(archive, fmri);
          }
        }
      } catch (EmblemaException e) {
        requireWords(e);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void read(PackageArchive archive, Fmri fmri) {
    try {
      archive.manifest(fmri);
    } catch (EmblemaException e) {
      requireWords(e);
    }
  }

  private static void requireWords(EmblemaException e) {
    if (e.getMessage() == null || e.getMessage().isEmpty()) {
      throw new AssertionError("an error without words", e);
    }
  }
}
