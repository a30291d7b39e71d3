package emblema.smf;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.io.SafePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which disk is opened, and what the environment is called. */
class EnvironmentTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "22 1 0:30 / / rw shared:1 - zfs rpool/ROOT/solaris-2 rw| solaris-2",
        "22 1 0:30 /@be/debian-3 / rw - btrfs /dev/sda2 rw,subvol=/@be/debian-3| debian-3",
        "22 1 8:2 / / rw - ext4 /dev/sda2 rw| old",
        "22 1 0:30 / / rw - zfs rpool/ROOT/a?b rw| a_b",
        "22 1 0:30 / /boot rw - zfs rpool/boot rw| old",
      })
  void namesTheRunningEnvironmentAfterItsRoot(String line, String name) throws IOException {
    Path table = Files.writeString(directory.resolve("mountinfo"), line + "\n");
    assertThat(Environment.name(Path.of("/"), table)).isEqualTo(name);
  }

  @Test
  void namesAnotherEnvironmentAfterItsDirectory() throws IOException {
    Path root = Files.createDirectories(directory.resolve("be/solaris-7"));
    assertThat(Environment.name(root, directory.resolve("none"))).isEqualTo("solaris-7");
  }

  @Test
  void opensTheDeepestDirectoryThatHoldsAll() throws IOException {
    Path root = Files.createDirectories(directory.resolve("be/one"));
    Path shared = directory.resolve("shared/opt/share");
    try (Environment opened = Environment.open(root, Map.of(SafePath.of("opt/share"), shared))) {
      assertThat(opened.places().disk().root()).isEqualTo(directory.toRealPath());
      assertThat(opened.places().environment()).isEqualTo(SafePath.of("be/one"));
      assertThat(opened.places().shared(SafePath.of("opt/share/x")))
          .isEqualTo(SafePath.of("shared/opt/share/x"));
      assertThat(opened.places().shared(SafePath.of("var/share")))
          .isEqualTo(SafePath.of("be/one/var/share"));
    }
  }

  @Test
  void resolvesLinksInThePathsThatItIsGiven() throws IOException {
    Path root = Files.createDirectories(directory.resolve("real/one"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));
    try (Environment opened = Environment.open(link.resolve("one"), Map.of())) {
      assertThat(opened.places().disk().root()).isEqualTo(root.toRealPath());
    }
  }
}
