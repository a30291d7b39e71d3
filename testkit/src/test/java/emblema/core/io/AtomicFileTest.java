package emblema.core.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.StorageException;
import emblema.testkit.CrashTest;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path scratch;

  private static final SafePath FILE = new SafePath("dir/" + "f".repeat(255));

  @Test
  void aCrashAtAnyWriteLeavesTheOldFileOrTheNew() throws Exception {
    int states =
        new CrashTest(scratch, Seed.next())
            .tree(
                root -> {
                  Files.createDirectory(root.resolve("dir"));
                  Files.writeString(root.resolve(FILE.text()), "old");
                })
            .action(
                disk -> AtomicFile.write(disk, FILE, 0640, "new".getBytes(UTF_8), Durability.FULL))
            .invariant(root -> assertThat(root.resolve(FILE.text())).content().isIn("old", "new"))
            .completed(
                root -> {
                  assertThat(root.resolve(FILE.text())).hasContent("new");
                  assertThat(root.resolve("dir")).isDirectoryContaining(p -> true);
                  try (var files = Files.list(root.resolve("dir"))) {
                    assertThat(files).hasSize(1);
                  }
                })
            .run();
    assertThat(states).isGreaterThan(30);
  }

  @Test
  void aWriterThatFailsLeavesTheOldFileAlone() throws IOException {
    Files.writeString(scratch.resolve("file"), "old");
    try (Disk disk = RealDisk.open(scratch)) {
      assertThatThrownBy(
              () ->
                  AtomicFile.write(
                      disk,
                      new SafePath("file"),
                      0644,
                      out -> {
                        out.write(1);
                        throw new IOException("the source is gone");
                      },
                      Durability.FULL))
          .isInstanceOf(StorageException.class)
          .hasMessage("cannot write '" + scratch + "/file': the source is gone");
      assertThat(disk.list(SafePath.ROOT)).containsExactly("file");
    }
    assertThat(scratch.resolve("file")).hasContent("old");
  }
}
