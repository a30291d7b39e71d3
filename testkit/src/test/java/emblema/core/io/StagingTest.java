package emblema.core.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import emblema.testkit.CrashTest;
import emblema.testkit.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
  private static final List<String> FILES = List.of("a/1", "a/2", "b/3", "attributes");

  @TempDir Path scratch;

  private static void publish(Disk disk) {
    try (Staging staging = new Staging(disk, Durability.FULL)) {
      for (String file : FILES) {
        staging.write(new SafePath(file), 0644, "new".getBytes(UTF_8));
      }
      staging.commit();
    }
  }

  @Test
  void theLastFileIsNewOnlyIfAllOthersAre() throws Exception {
    int states =
        new CrashTest(scratch, Seed.next())
            .tree(
                root -> {
                  Files.createDirectory(root.resolve("a"));
                  Files.createDirectory(root.resolve("b"));
                  for (String file : FILES) {
                    Files.writeString(root.resolve(file), "old");
                  }
                })
            .action(StagingTest::publish)
            .invariant(
                root -> {
                  for (String file : FILES) {
                    assertThat(root.resolve(file)).content().isIn("old", "new");
                  }
                  if (Files.readString(root.resolve("attributes")).equals("new")) {
                    for (String file : FILES) {
                      assertThat(root.resolve(file)).hasContent("new");
                    }
                  }
                })
            .completed(
                root -> {
                  for (String file : FILES) {
                    assertThat(root.resolve(file)).hasContent("new");
                  }
                  try (Disk disk = RealDisk.open(root)) {
                    assertThat(disk.list(new SafePath("a"))).containsExactly("1", "2");
                    assertThat(disk.list(SafePath.ROOT)).containsExactly("a", "attributes", "b");
                  }
                })
            .run();
    assertThat(states).isGreaterThan(100);
  }

  @Test
  void whatIsNotCommittedIsRemoved() {
    try (Disk disk = RealDisk.open(scratch)) {
      try (Staging staging = new Staging(disk, Durability.FULL)) {
        staging.write(new SafePath("file"), 0644, new byte[1]);
        assertThat(disk.list(SafePath.ROOT)).hasSize(1);
      }
      assertThat(disk.list(SafePath.ROOT)).isEmpty();
    }
  }
}
