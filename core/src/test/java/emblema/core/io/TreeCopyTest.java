package emblema.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.error.ConflictException;
import emblema.core.event.EventSink;
import emblema.core.os.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCopyTest {
  private static final SafePath FROM = new SafePath("from");
  private static final SafePath TO = new SafePath("to");

  @TempDir Path root;
  private Disk disk;

  @BeforeEach
  void open() throws IOException {
    disk = RealDisk.open(root);
    Files.createDirectories(root.resolve("from/dir"));
    Files.writeString(root.resolve("from/dir/file"), "content");
    disk.setMode(new SafePath("from/dir/file"), 04755);
    disk.link(new SafePath("from/dir/file"), new SafePath("from/twin"));
    disk.symlink("dir/file", new SafePath("from/link"));
    disk.setTimes(new SafePath("from/link"), 3_000_000_001L, 4_000_000_001L);
    disk.setTimes(new SafePath("from/dir/file"), 1_000_000_001L, 2_000_000_001L);
    disk.setMode(new SafePath("from/dir"), 02750);
    disk.setTimes(new SafePath("from/dir"), 5_000_000_001L, 6_000_000_001L);
  }

  @AfterEach
  void close() {
    disk.close();
  }

  private Stat stat(String path) {
    return disk.stat(new SafePath(path)).orElseThrow();
  }

  private void copy(TreeCopy.Policy sharing) {
    TreeCopy.copy(disk, FROM, TO, sharing, EventSink.QUIET);
  }

  @Test
  void keepsModesTimesLinksAndTwins() {
    copy(TreeCopy.Policy.COPY);
    assertThat(stat("to/dir/file").mode()).isEqualTo(04755);
    assertThat(stat("to/dir/file").mtime()).isEqualTo(2_000_000_001L);
    assertThat(stat("to/dir/file").inode()).isEqualTo(stat("to/twin").inode());
    assertThat(stat("to/dir/file").inode()).isNotEqualTo(stat("from/twin").inode());
    assertThat(stat("to/dir").mode()).isEqualTo(02750);
    assertThat(stat("to/dir").mtime()).isEqualTo(6_000_000_001L);
    assertThat(disk.readLink(new SafePath("to/link"))).isEqualTo("dir/file");
    assertThat(stat("to/link").mtime()).isEqualTo(4_000_000_001L);
    assertThat(root.resolve("to/twin")).hasContent("content");
  }

  @Test
  void sharesOnlyWhatItMay() throws IOException {
    Files.writeString(root.resolve("from/mine"), "mine");
    copy((path, stat) -> !path.text().equals("mine"));
    assertThat(stat("to/mine").inode()).isNotEqualTo(stat("from/mine").inode());
    // Where blocks can be shared no file is.
    boolean isLinked = stat("to/twin").inode() == stat("from/twin").inode();
    assertThat(stat("to/twin").links()).isEqualTo(isLinked ? 4 : 2);
  }

  @Test
  void allNamesOfAFileAreCopiedWhenOneOfThemMustBe() {
    for (String copied : List.of("twin", "dir/file")) {
      TreeRemoval.remove(disk, TO);
      copy((path, stat) -> !path.text().equals(copied));
      assertThat(stat("to/twin").inode()).isEqualTo(stat("to/dir/file").inode());
      assertThat(stat("to/twin").inode()).isNotEqualTo(stat("from/twin").inode());
      assertThat(stat("to/dir").mtime()).isEqualTo(6_000_000_001L);
    }
  }

  @Test
  void keepsOwnersDevicesAndCapabilities() {
    assumeTrue(disk.isPrivileged() && Kernel.isAvailable(), "needs root and Linux");
    disk.setOwner(new SafePath("from/dir/file"), 12, 34);
    disk.setMode(new SafePath("from/dir/file"), 06711);
    disk.makeNode(new SafePath("from/null"), Stat.Kind.CHARACTER, 0666, 1L << 32 | 3);
    byte[] capability = {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    disk.setExtendedAttribute(new SafePath("from/dir/file"), "security.capability", capability);
    disk.setOwner(new SafePath("from/link"), 56, 78);
    copy(TreeCopy.Policy.COPY);
    assertThat(stat("to/dir/file").uid()).isEqualTo(12);
    assertThat(stat("to/dir/file").mode()).isEqualTo(06711);
    assertThat(stat("to/link").gid()).isEqualTo(78);
    assertThat(stat("to/null").rawDevice()).isEqualTo(1L << 32 | 3);
    assertThat(disk.extendedAttributes(new SafePath("to/dir/file")).get("security.capability"))
        .isEqualTo(capability);
  }

  @Test
  void neitherCopiesIntoItselfNorOverSomething() {
    assertThatThrownBy(
            () ->
                TreeCopy.copy(
                    disk, FROM, new SafePath("from/dir/x"), TreeCopy.Policy.COPY, EventSink.QUIET))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("into itself");
    disk.makeDirectory(TO, 0755);
    assertThatThrownBy(() -> copy(TreeCopy.Policy.COPY)).isInstanceOf(ConflictException.class);
  }
}
