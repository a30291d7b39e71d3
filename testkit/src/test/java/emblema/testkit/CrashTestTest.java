package emblema.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness must find the mistakes that it is for. */
class CrashTestTest {
  private static final SafePath FILE = new SafePath("file");

  @TempDir Path scratch;

  private CrashTest test(CrashTest.Step<Disk> action) {
    return new CrashTest(scratch, Seed.next())
        .tree(root -> Files.writeString(root.resolve("file"), "old"))
        .action(action)
        .invariant(root -> assertThat(root.resolve("file")).content().isIn("old", "new"))
        .completed(root -> assertThat(root.resolve("file")).hasContent("new"));
  }

  private static void write(Disk disk, SafePath path) throws Exception {
    try (OutputStream out = disk.create(path, 0644)) {
      out.write(new byte[] {'n', 'e', 'w'});
    }
  }

  @Test
  void findsWritingInPlace() {
    assertThatThrownBy(
            () ->
                test(disk -> {
                      if (disk.stat(FILE).isPresent()) {
                        disk.remove(FILE);
                      }
                      write(disk, FILE);
                      disk.syncAll();
                    })
                    .run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("before operation");
  }

  @Test
  void findsARenameWithoutASync() {
    assertThatThrownBy(
            () ->
                test(disk -> AtomicFile.write(disk, FILE, 0644, "new".getBytes(), Durability.NONE))
                    .run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("power cut");
  }

  @Test
  void findsADirectoryThatIsNotSynced() {
    assertThatThrownBy(
            () ->
                test(disk -> {
                      SafePath temporary = new SafePath("temporary");
                      if (disk.stat(temporary).isPresent()) {
                        disk.remove(temporary);
                      }
                      write(disk, temporary);
                      disk.sync(temporary);
                      disk.rename(temporary, FILE);
                    })
                    .run())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("power cut (LOST) before anything else (complete)");
  }

  @Test
  void nothingHappensAfterACrash() throws Exception {
    Files.writeString(scratch.resolve("file"), "old");
    try (RecordingDisk disk = new RecordingDisk(RealDisk.open(scratch)).crashBefore(2)) {
      disk.setMode(FILE, 0600);
      assertThatThrownBy(() -> disk.remove(FILE)).isInstanceOf(Crash.class);
      assertThatThrownBy(() -> disk.setMode(FILE, 0)).isInstanceOf(Crash.class);
      assertThatThrownBy(() -> disk.stat(FILE)).isInstanceOf(Crash.class);
      assertThat(disk.log()).containsExactly("1 setMode 'file'");
    }
    assertThat(scratch.resolve("file")).hasContent("old");
  }
}
