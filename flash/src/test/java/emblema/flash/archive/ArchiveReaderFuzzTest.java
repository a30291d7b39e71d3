package emblema.flash.archive;

import com.code_intelligence.jazzer.junit.FuzzTest;
import emblema.core.error.EmblemaException;
import java.io.ByteArrayInputStream;

/**
 * Any bytes are an archive whose sections and members can be told, or a typed error. Normal builds
 * run the seeds; {@code JAZZER_FUZZ=1} looks for more.
 */
class ArchiveReaderFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void readsOrRefuses(byte[] bytes) {
    try (ArchiveReader archive = new ArchiveReader(new ByteArrayInputStream(bytes), "fuzz")) {
      archive.sections((name, body) -> body.skip(name.length()));
      ArchiveListing.of(archive, name -> {}, event -> {});
    } catch (EmblemaException e) {
      if (e.getMessage() == null || e.getMessage().isEmpty()) {
        throw new AssertionError("an error without words", e);
      }
    }
  }

  /** The lines between the boundaries, read twice, mean the same. */
  @FuzzTest(maxDuration = "5m")
  void readsAnIdentificationOrRefuses(byte[] bytes) {
    try (ArchiveReader archive =
        new ArchiveReader(
            new ByteArrayInputStream(
                MadeArchive.with(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                    .payload(new byte[0])),
            "fuzz")) {
      Identification read = archive.identification();
      Identification again = Identification.parse(read.lines(), "again", false);
      if (!again.equals(read) || !again.warnings().equals(read.warnings())) {
        throw new AssertionError("read again as " + again);
      }
    } catch (EmblemaException e) {
      if (e.getMessage() == null || e.getMessage().isEmpty()) {
        throw new AssertionError("an error without words", e);
      }
    }
  }
}
