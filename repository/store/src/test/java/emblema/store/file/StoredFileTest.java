package emblema.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are sent as they are, while others replace them. */
class StoredFileTest {
  @TempDir Path directory;

  @Test
  void noticesThatItsPathNamesAnotherFile() throws Exception {
    Path file = Files.writeString(directory.resolve("catalog.attrs"), "one");
    Path other = Files.writeString(directory.resolve("next"), "two");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    try (Disk disk = RealDisk.open(directory)) {
      StoredFile stored = StoredFile.find(disk, new SafePath("catalog.attrs")).orElseThrow();
      assertThat(stored.isCurrent()).isTrue();
      // of the same length and time
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(stored.isCurrent()).isFalse();
      Files.delete(file);
      assertThat(stored.isCurrent()).isFalse();
    }
  }
}
