package emblema.core.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every disk does; each kind of disk runs it. */
abstract class DiskContract {
  @TempDir Path base;
  private Path root;
  private Disk disk;

  abstract Disk open(Path root);

  @BeforeEach
  void openDisk() throws IOException {
    root = Files.createDirectory(base.resolve("root"));
    disk = open(root);
  }

  @AfterEach
  void closeDisk() {
    disk.close();
  }

  private static SafePath path(String text) {
    return SafePath.of(text);
  }

  private void write(String name, String text) throws IOException {
    try (OutputStream out = disk.create(path(name), 0644)) {
      out.write(text.getBytes(UTF_8));
    }
  }

  private String text(String name) {
    return new String(disk.readBytes(path(name)), UTF_8);
  }

  private Stat stat(String name) {
    return disk.stat(path(name)).orElseThrow();
  }

  @Test
  void writesReadsAndAppends() throws IOException {
    write("file", "one");
    try (OutputStream out = disk.append(path("file"))) {
      out.write("two".getBytes(UTF_8));
    }
    assertThat(text("file")).isEqualTo("onetwo");
    assertThat(stat("file").size()).isEqualTo(6);
    assertThat(stat("file").isFile()).isTrue();
  }

  @Test
  void overwritesWithinAFile() throws IOException {
    write("file", "one two three");
    disk.patch(path("file"), 4, "TWO".getBytes(UTF_8));
    assertThat(text("file")).isEqualTo("one TWO three");
    disk.symlink("file", path("link"));
    assertThatThrownBy(() -> disk.patch(path("link"), 0, new byte[1]))
        .isInstanceOf(EmblemaException.class);
    assertThatThrownBy(() -> disk.patch(path("file"), 12, new byte[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(text("file")).isEqualTo("one TWO three");
  }

  @Test
  void readsAndWritesMoreThanOneBuffer() throws IOException {
    byte[] bytes = new byte[300_001];
    new Random(1).nextBytes(bytes);
    try (OutputStream out = disk.create(path("big"), 0600)) {
      out.write(bytes[0]);
      out.write(bytes, 1, bytes.length - 1);
    }
    assertThat(disk.readBytes(path("big"))).isEqualTo(bytes);
    disk.clone(path("big"), path("copy"), 0640);
    assertThat(disk.readBytes(path("copy"))).isEqualTo(bytes);
    assertThat(stat("copy").mode()).isEqualTo(0640);
  }

  @Test
  void givesExactlyTheModeAskedFor() throws IOException {
    disk.makeDirectory(path("dir"), 0777);
    disk.create(path("dir/file"), 0666).close();
    assertThat(stat("dir").mode()).isEqualTo(0777);
    assertThat(stat("dir/file").mode()).isEqualTo(0666);
    disk.setMode(path("dir/file"), 04755);
    assertThat(stat("dir/file").mode()).isEqualTo(04755);
    disk.setMode(SafePath.ROOT, 0750);
    assertThat(disk.stat(SafePath.ROOT).orElseThrow().mode()).isEqualTo(0750);
  }

  @Test
  void keepsNanoseconds() throws IOException {
    write("file", "x");
    disk.setTimes(path("file"), 1_234_567_890_123_456_789L, 987_654_321_987_654_321L);
    assertThat(stat("file").mtime()).isEqualTo(987_654_321_987_654_321L);
    assertThat(stat("file").atime()).isEqualTo(1_234_567_890_123_456_789L);
  }

  @Test
  void listsByCodePoint() throws IOException {
    for (String name : new String[] {"b", "a", "\uFF5A", "\uD83D\uDE00", "A", "é"}) {
      write(name, "");
    }
    assertThat(disk.list(SafePath.ROOT))
        .containsExactly("A", "a", "b", "é", "\uFF5A", "\uD83D\uDE00");
    assertThat(disk.entries(SafePath.ROOT))
        .extracting(Disk.Entry::name)
        .containsExactly("A", "a", "b", "é", "\uFF5A", "\uD83D\uDE00");
  }

  @Test
  void keepsNamesThatAreNotUtf8() throws IOException {
    String name = OsNames.decode(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, 'z'});
    write(name, "odd");
    disk.symlink(name, path("link"));
    assertThat(disk.list(SafePath.ROOT)).containsExactly(name, "link");
    assertThat(text(name)).isEqualTo("odd");
    assertThat(disk.readLink(path("link"))).isEqualTo(name);
    assertThat(OsNames.encode(disk.list(SafePath.ROOT).getFirst())).hasSize(4);
    disk.rename(path(name), path(name + "2"));
    assertThat(text(name + "2")).isEqualTo("odd");
  }

  @Test
  void takesNamesOf255Bytes() throws IOException {
    String name = "n".repeat(255);
    disk.makeDirectory(path(name), 0755);
    write(name + "/" + name, "deep");
    assertThat(text(name + "/" + name)).isEqualTo("deep");
    assertThatThrownBy(() -> path("n".repeat(256))).hasMessageContaining("255 bytes");
  }

  @Test
  void refusesPathsThatLeaveTheRoot() {
    for (String bad : new String[] {"..", "a/../../b", "a//b", "a/./b", "a/", "a\0b"}) {
      assertThatThrownBy(() -> path(bad)).hasMessageContaining("is not allowed");
    }
    assertThat(disk.stat(path("/etc"))).isEmpty();
  }

  @Test
  void findsNothingWhereNothingIs() throws IOException {
    write("file", "");
    assertThat(disk.stat(path("missing"))).isEmpty();
    assertThat(disk.stat(path("missing/below"))).isEmpty();
    assertThat(disk.stat(path("file/below"))).isEmpty();
    assertThatThrownBy(() -> disk.readBytes(path("missing")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("cannot read '" + root + "/missing': no such file or directory");
    assertThatThrownBy(() -> disk.readBytes(path("file/below")))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("'" + root + "/file' is a regular file");
  }

  @Test
  void neverFollowsAPlantedLink() throws IOException {
    Path outside = Files.createDirectory(base.resolve("outside"));
    Files.writeString(outside.resolve("victim"), "precious");
    disk.symlink(outside.toString(), path("way"));
    disk.symlink(outside.resolve("victim").toString(), path("last"));
    for (Runnable attack :
        new Runnable[] {
          () -> disk.stat(path("way/victim")),
          () -> disk.list(path("way/victim")),
          () -> disk.readBytes(path("way/victim")),
          () -> disk.create(path("way/new"), 0644),
          () -> disk.append(path("way/victim")),
          () -> disk.makeDirectory(path("way/new"), 0755),
          () -> disk.symlink("x", path("way/new")),
          () -> disk.remove(path("way/victim")),
          () -> disk.setMode(path("way/victim"), 0),
          () -> disk.setOwner(path("way/victim"), 1, 1),
          () -> disk.setTimes(path("way/victim"), 0, 0),
          () -> disk.rename(path("way/victim"), path("stolen")),
          () -> disk.clone(path("way/victim"), path("copy"), 0644),
          () -> disk.link(path("way/victim"), path("hard")),
          () -> disk.sync(path("way/victim")),
        }) {
      assertThatThrownBy(attack::run)
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("'" + root + "/way' is a symbolic link");
    }
    for (Runnable attack :
        new Runnable[] {
          () -> disk.readBytes(path("last")),
          () -> disk.append(path("last")),
          () -> disk.create(path("last"), 0644),
          () -> disk.list(path("last")),
          () -> disk.clone(path("last"), path("copy"), 0644),
        }) {
      assertThatThrownBy(attack::run).isInstanceOf(ConflictException.class);
    }
    assertThat(Files.readString(outside.resolve("victim"))).isEqualTo("precious");
    try (var files = Files.list(outside)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void changesLinksThemselves() throws IOException {
    write("target", "x");
    long before = stat("target").mtime();
    disk.symlink("target", path("link"));
    disk.setTimes(path("link"), 1_000_000_000_000_000_000L, 1_000_000_000_000_000_000L);
    assertThat(stat("target").mtime()).isEqualTo(before);
    disk.link(path("link"), path("second"));
    assertThat(stat("second").isLink()).isTrue();
    assertThatThrownBy(() -> disk.setMode(path("link"), 0)).isInstanceOf(RuntimeException.class);
    assertThat(stat("target").mode()).isEqualTo(0644);
    disk.remove(path("link"));
    assertThat(text("target")).isEqualTo("x");
  }

  @Test
  void noticesADirectorySwappedForALink() throws IOException {
    Path outside = Files.createDirectory(base.resolve("outside"));
    disk.makeDirectory(path("dir"), 0755);
    write("dir/file", "mine");
    disk.rename(path("dir"), path("moved"));
    Files.createSymbolicLink(root.resolve("dir"), outside);
    assertThatThrownBy(() -> disk.create(path("dir/file"), 0644))
        .isInstanceOf(ConflictException.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void createsOnlyWhatDoesNotExist() throws IOException {
    write("file", "old");
    disk.makeDirectory(path("dir"), 0755);
    assertThatThrownBy(() -> disk.create(path("file"), 0644))
        .isInstanceOf(ConflictException.class)
        .hasMessage("cannot create '" + root + "/file': file exists");
    assertThatThrownBy(() -> disk.makeDirectory(path("dir"), 0755))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> disk.symlink("x", path("file"))).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> disk.link(path("file"), path("dir")))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> disk.clone(path("file"), path("dir"), 0644))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> disk.create(path("none/file"), 0644))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void renamesReplacesAndExchanges() throws IOException {
    write("a", "A");
    write("b", "B");
    assertThatThrownBy(() -> disk.renameNoReplace(path("a"), path("b")))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("'" + root + "/a' to '" + root + "/b'");
    disk.exchange(path("a"), path("b"));
    assertThat(text("a") + text("b")).isEqualTo("BA");
    disk.rename(path("a"), path("b"));
    assertThat(text("b")).isEqualTo("B");
    disk.renameNoReplace(path("b"), path("c"));
    assertThat(disk.list(SafePath.ROOT)).containsExactly("c");
    assertThatThrownBy(() -> disk.rename(path("missing"), path("c")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("'" + root + "/missing'");
  }

  @Test
  void hardLinksShareOneFile() throws IOException {
    write("a", "A");
    disk.link(path("a"), path("b"));
    assertThat(stat("a").inode()).isEqualTo(stat("b").inode());
    assertThat(stat("a").links()).isEqualTo(2);
  }

  @Test
  void removesFilesAndEmptyDirectoriesOnly() throws IOException {
    disk.makeDirectory(path("dir"), 0755);
    write("dir/file", "");
    assertThatThrownBy(() -> disk.removeDirectory(path("dir")))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> disk.remove(path("dir"))).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> disk.removeDirectory(path("dir/file")))
        .isInstanceOf(ConflictException.class);
    disk.remove(path("dir/file"));
    disk.removeDirectory(path("dir"));
    assertThat(disk.list(SafePath.ROOT)).isEmpty();
  }

  @Test
  void keepsExtendedAttributes() throws IOException {
    write("file", "");
    try {
      Files.setAttribute(root.resolve("file"), "user:probe", new byte[] {1});
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "this file system has no extended attributes");
    }
    disk.setExtendedAttribute(path("file"), "user.mark", new byte[] {0, 1, 2});
    assertThat(disk.extendedAttributes(path("file"))).containsOnlyKeys("user.mark", "user.probe");
    assertThat(disk.extendedAttributes(path("file")).get("user.mark")).containsExactly(0, 1, 2);
    disk.removeExtendedAttribute(path("file"), "user.mark");
    assertThat(disk.extendedAttributes(path("file"))).containsOnlyKeys("user.probe");
  }

  @Test
  void setsOwnersOnlyWithPrivilege() throws IOException {
    write("file", "");
    assumeTrue(disk.isPrivileged(), "needs root");
    disk.symlink("file", path("link"));
    disk.setOwner(path("link"), 12, 34);
    assertThat(stat("file").uid()).isZero();
    assertThat(stat("link").uid()).isEqualTo(12);
    disk.setOwner(path("file"), 56, 78);
    assertThat(stat("file").gid()).isEqualTo(78);
  }

  @Test
  void syncsAnything() throws IOException {
    write("file", "x");
    disk.symlink("nowhere", path("link"));
    disk.sync(path("file"));
    disk.sync(SafePath.ROOT);
    disk.syncAll();
    assertThatThrownBy(() -> disk.sync(path("missing"))).isInstanceOf(NotFoundException.class);
  }

  @Test
  void knowsTheFreeSpace() {
    Disk.Space space = disk.space(SafePath.ROOT);
    assertThat(space.freeBytes()).isPositive().isLessThanOrEqualTo(space.totalBytes());
    assertThat(space.freeInodes()).isPositive();
  }

  @Test
  void looksThroughALinkAboveTheRootOnly() throws IOException {
    write("file", "x");
    Path alias = Files.createSymbolicLink(base.resolve("alias"), root);
    try (Disk other = open(alias)) {
      assertThat(other.readBytes(path("file"))).isEqualTo(new byte[] {'x'});
      assertThat(other.stat(SafePath.ROOT).orElseThrow().isDirectory()).isTrue();
      assertThat(other.root()).isEqualTo(alias);
      other.create(path("new"), 0600).close();
    }
    assertThat(disk.list(SafePath.ROOT)).containsExactly("file", "new");
    assertThatThrownBy(() -> open(base.resolve("none"))).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> open(root.resolve("file"))).isInstanceOf(ConflictException.class);
  }

  @Test
  void seesItsOwnRenamesWhileItHoldsDirectoriesOpen() throws IOException {
    try (Disk.Hold hold = disk.hold()) {
      for (int round = 0; round < 3; round++) {
        disk.makeDirectory(path("a"), 0755);
        disk.makeDirectory(path("a/deep"), 0755);
        write("a/deep/file", "first");
        disk.rename(path("a"), path("b"));
        assertThat(disk.stat(path("a/deep/file"))).isEmpty();
        assertThat(text("b/deep/file")).isEqualTo("first");
        disk.makeDirectory(path("a"), 0755);
        disk.makeDirectory(path("a/deep"), 0755);
        write("a/deep/file", "second");
        assertThat(text("a/deep/file")).isEqualTo("second");
        assertThat(text("b/deep/file")).isEqualTo("first");
        for (String top : new String[] {"a", "b"}) {
          disk.remove(path(top + "/deep/file"));
          disk.removeDirectory(path(top + "/deep"));
          disk.removeDirectory(path(top));
        }
      }
    }
  }
}
