package emblema.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWalkerTest {
  @TempDir Path root;
  private Disk disk;

  @BeforeEach
  void open() {
    disk = RealDisk.open(root);
  }

  @AfterEach
  void close() {
    disk.close();
  }

  private List<String> walk() {
    List<String> seen = new ArrayList<>();
    new TreeWalker(disk)
        .walk(
            SafePath.ROOT,
            new TreeWalker.Visitor() {
              @Override
              public boolean enter(SafePath path, Stat stat) {
                seen.add(path.text());
                return !path.name().equals("skipped");
              }

              @Override
              public void leave(SafePath directory, Stat stat) {
                seen.add("-" + directory.text());
              }
            });
    return seen;
  }

  @Test
  void walksInTheOrderOfWholePaths() throws IOException {
    for (String file : List.of("a/c", "a-b/x", "a.b", "b/skipped/z", "b/t")) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "");
    }
    assertThat(walk())
        .containsExactly(
            "a", "a-b", "a-b/x", "-a-b", "a.b", "a/c", "-a", "b", "b/skipped", "b/t", "-b");
  }

  @Test
  void neverFollowsALink() throws IOException {
    Files.createDirectory(root.resolve("real"));
    Files.createSymbolicLink(root.resolve("real/loop"), root);
    assertThat(walk()).containsExactly("real", "real/loop", "-real");
  }

  @Test
  void goesOnAfterADirectoryThatCannotBeListed() throws IOException {
    Files.createDirectories(root.resolve("gone/below"));
    Files.createDirectory(root.resolve("later"));
    List<String> seen = new ArrayList<>();
    new TreeWalker(disk)
        .walk(
            SafePath.ROOT,
            new TreeWalker.Visitor() {
              @Override
              public boolean enter(SafePath path, Stat stat) {
                seen.add(path.text());
                if (path.text().equals("gone")) {
                  TreeRemoval.remove(disk, path);
                }
                return true;
              }

              @Override
              public void failed(SafePath directory, EmblemaException failure) {
                seen.add("!" + directory.text());
              }
            });
    assertThat(seen).containsExactly("gone", "!gone", "later");
  }

  /** A nest is built from the inside out, each level by two renames. */
  private void nest(int levels) {
    SafePath inner = new SafePath("t");
    SafePath outer = new SafePath("n");
    disk.makeDirectory(inner, 0700);
    for (int i = 0; i < levels; i++) {
      disk.makeDirectory(outer, 0700);
      disk.rename(inner, outer.resolve("t"));
      disk.rename(outer, inner);
    }
  }

  /** A million take five minutes and the same memory. */
  @Test
  void thousandsOfNestedDirectoriesOverflowNothing() {
    nest(6_000);
    assertThatThrownBy(this::walk)
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("nested too deeply");
    TreeRemoval.remove(disk, new SafePath("t"));
    assertThat(disk.list(SafePath.ROOT)).isEmpty();
  }

  @Test
  void removalLeavesWhatLinksPointTo() throws IOException {
    Files.createDirectories(root.resolve("top/dir"));
    Path precious = Files.writeString(root.resolve("precious"), "x");
    Files.createSymbolicLink(root.resolve("top/dir/link"), precious);
    Files.createSymbolicLink(root.resolve("top/up"), root);
    TreeRemoval.remove(disk, new SafePath("top"));
    assertThat(disk.list(SafePath.ROOT)).containsExactly("precious");
    TreeRemoval.remove(disk, new SafePath("missing"));
  }
}
