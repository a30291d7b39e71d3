package emblema.smf.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.StorageException;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.testkit.LoopMount;
import emblema.testkit.TreeSnapshot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real file systems: staging on one, the shared root on the other. Needs root to mount. */
class AcrossFileSystemsTest {
  private static final SafePath STAGED = SafePath.of("from/ext4/.migrate");
  private static final SafePath SHARED = SafePath.of("to/ext4/share");

  @TempDir Path scratch;
  private Stage stage;
  private LoopMount from;
  private LoopMount to;

  @BeforeEach
  void mount() throws IOException {
    from = LoopMount.create(Files.createDirectory(scratch.resolve("from")), "ext4", 32);
    to = LoopMount.create(Files.createDirectory(scratch.resolve("to")), "ext4", 8);
    stage = new Stage(scratch);
    stage.areas = List.of(Area.of("/" + STAGED, "/" + SHARED));
    stage.directory(STAGED.text());
  }

  @AfterEach
  void unmount() {
    if (stage != null) {
      stage.close();
    }
    if (to != null) {
      to.close();
    }
    if (from != null) {
      from.close();
    }
  }

  private SafePath staged(String path) {
    return STAGED.resolve(path);
  }

  private SafePath shared(String path) {
    return SHARED.resolve(path);
  }

  private void file(String path, String content) {
    stage.file(staged(path).text(), content);
  }

  private Stat stat(SafePath path) {
    return stage.disk.stat(path).orElseThrow();
  }

  private TreeSnapshot snapshot(SafePath top) {
    return TreeSnapshot.of(stage.disk, top, TreeSnapshot.Detail.TIMES);
  }

  @Test
  void keepsOwnerModeTimesAclsAttributesCapabilitiesAndLinks() {
    file("app/plain", "plain");
    file("app/setid", "setid");
    file("app/locked", "locked");
    file("app/one", "several names");
    stage.disk.link(staged("app/one"), staged("two"));
    stage.disk.symlink("/etc/passwd", staged("app/link"));
    stage.disk.makeNode(staged("app/pipe"), Stat.Kind.FIFO, 0620, 0);
    stage.disk.makeNode(staged("app/null"), Stat.Kind.CHARACTER, 0666, 1L << 32 | 3);
    stage.disk.setOwner(staged("app/plain"), 4711, 4712);
    stage.disk.setOwner(staged("app/link"), 4713, 4714);
    stage.disk.setMode(staged("app/setid"), 06755);
    stage.disk.setMode(staged("app/locked"), 0);
    stage.disk.setExtendedAttribute(staged("app/plain"), "user.note", new byte[] {1, 0, 2});
    stage.disk.setExtendedAttribute(staged("app/plain"), "system.posix_acl_access", acl());
    stage.disk.setExtendedAttribute(staged("app"), "system.posix_acl_default", acl());
    stage.disk.setExtendedAttribute(staged("app/setid"), "security.capability", capability());
    for (String path : List.of("app/plain", "app/one", "app/link", "app/pipe", "app/locked")) {
      stage.disk.setTimes(staged(path), 1_600_000_000_123_456_789L, -1_000_000_001L);
    }
    stage.disk.setMode(staged("app"), 01777);
    stage.disk.setTimes(staged("app"), 1L, 1_234_567_890_987_654_321L);
    TreeSnapshot before = snapshot(STAGED);
    MigrationReport report = stage.run();
    assertThat(report.hasLeftovers()).as(report.leftovers().toString()).isFalse();
    assertThat(report.notes()).isZero();
    assertThat(before.difference(snapshot(SHARED))).isEmpty();
    assertThat(stat(shared("app/pipe")).atime()).isEqualTo(1_600_000_000_123_456_789L);
    assertThat(stage.disk.list(STAGED)).isEmpty();
  }

  /** A user and a mask besides owner, group and others. */
  private static byte[] acl() {
    ByteBuffer acl = ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
    int[][] entries = {{1, 6, -1}, {2, 4, 4715}, {4, 4, -1}, {16, 4, -1}, {32, 0, -1}};
    for (int[] e : entries) {
      acl.putShort((short) e[0]).putShort((short) e[1]).putInt(e[2]);
    }
    return acl.array();
  }

  /** {@code cap_net_bind_service=ep}, version 2. */
  private static byte[] capability() {
    return ByteBuffer.allocate(20)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x02000001)
        .putInt(1 << 10)
        .putInt(0)
        .putInt(0)
        .putInt(0)
        .array();
  }

  @Test
  void doesNotInheritTheAclOfTheSharedRoot() {
    stage.directory(SHARED.text());
    stage.disk.setExtendedAttribute(SHARED, "system.posix_acl_default", acl());
    file("app/plain", "plain");
    TreeSnapshot before = snapshot(STAGED);
    stage.run();
    assertThat(before.difference(snapshot(SHARED))).isEmpty();
  }

  @Test
  void keepsHoles() throws IOException {
    Path sparse = stage.path(staged("sparse").text());
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(64L << 20); // More than the file system of the target holds.
      file.seek(32L << 20);
      file.write(new byte[] {1, 2, 3});
    }
    stage.run();
    Stat moved = stat(shared("sparse"));
    assertThat(moved.size()).isEqualTo(64L << 20);
    assertThat(moved.allocated()).isLessThan(1L << 20);
    try (RandomAccessFile file =
        new RandomAccessFile(stage.path(shared("sparse").text()).toFile(), "r")) {
      file.seek(32L << 20);
      assertThat(file.read()).isEqualTo(1);
    }
  }

  @Test
  void movesBetweenFileSystemsThatAreMountedBelowTheSharedRoot() throws IOException {
    file("mail/inbox", "x");
    Path below = stage.directory(SHARED.resolve("mail").text());
    Path other = Files.createDirectory(scratch.resolve("third"));
    try (LoopMount third = LoopMount.create(other, "ext4", 8)) {
      bind(third.directory(), below);
      try {
        MigrationReport report = stage.run();
        assertThat(report.hasLeftovers()).as(report.leftovers().toString()).isFalse();
        assertThat(third.directory().resolve("inbox")).hasContent("x");
        assertThat(third.directory().toFile().list())
            .containsExactlyInAnyOrder("inbox", "lost+found");
      } finally {
        command("umount", below.toString());
      }
    }
  }

  @Test
  void movesIntoABindMountThatLooksLikeTheSameFileSystem() throws IOException {
    Path inside = stage.directory("from/ext4/volume");
    stage.areas = List.of(Area.of("/" + STAGED, "/from/ext4/share"));
    Path share = stage.directory("from/ext4/share");
    bind(inside, share);
    try {
      file("app/one", "x");
      MigrationReport report = stage.run();
      assertThat(report.hasLeftovers()).as(report.leftovers().toString()).isFalse();
      assertThat(inside.resolve("app/one")).hasContent("x");
      assertThat(
              new MountTable(Path.of("/proc/self/mountinfo"))
                  .isMountPoint(stage.disk, SafePath.of("from/ext4/share")))
          .isTrue();
    } finally {
      command("umount", share.toString());
    }
  }

  private static void bind(Path source, Path target) throws IOException {
    command("mount", "--bind", source.toString(), target.toString());
  }

  private static void command(String... words) throws IOException {
    try {
      assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void losesNothingWhenTheSharedFileSystemIsFull() throws IOException {
    byte[] megabyte = new byte[1 << 20];
    new Random(1).nextBytes(megabyte);
    for (int i = 0; i < 12; i++) {
      Files.write(stage.path(staged("file" + i).text()), megabyte);
    }
    MigrationReport report = stage.run();
    assertThat(report.storageFailures()).isPositive();
    assertThat(report.count(Outcome.MOVED)).isPositive();
    assertThat(report.count(Outcome.MOVED) + report.count(Outcome.FAILED)).isEqualTo(12);
    assertThat(report.leftovers().getFirst().note()).contains("space");
    for (int i = 0; i < 12; i++) {
      boolean isMoved = Files.exists(stage.path(shared("file" + i).text()));
      Path where = stage.path((isMoved ? shared("file" + i) : staged("file" + i)).text());
      assertThat(where).hasBinaryContent(megabyte);
    }
    assertThat(stage.disk.list(SHARED)).noneMatch(name -> name.startsWith(".ips-mig-"));
    stage.disk.list(SHARED).forEach(name -> stage.disk.remove(shared(name)));
    assertThat(stage.run().hasLeftovers()).isFalse();
    assertThat(stage.disk.list(STAGED)).isEmpty();
  }

  @Test
  void losesNothingWhenTheSharedFileSystemIsReadOnly() throws IOException {
    stage.directory(SHARED.text());
    for (int i = 0; i < 30; i++) {
      file("file" + i, "content " + i);
    }
    command("mount", "-o", "remount,ro", to.directory().toString());
    assertThatThrownBy(stage::run)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("gave up after");
    assertThat(stage.disk.list(STAGED)).hasSize(30);
    command("mount", "-o", "remount,rw", to.directory().toString());
    assertThat(stage.run().count(Outcome.MOVED)).isEqualTo(30);
  }

  @Test
  void movesToAnotherKindOfFileSystem() throws IOException {
    Path other = Files.createDirectory(scratch.resolve("btrfs-scratch"));
    try (LoopMount btrfs = LoopMount.create(other, "btrfs", 128)) {
      stage.areas = List.of(Area.of("/" + STAGED, "/btrfs-scratch/btrfs/share"));
      file("app/one", "x");
      stage.disk.setExtendedAttribute(staged("app/one"), "user.note", new byte[] {1});
      TreeSnapshot before = snapshot(STAGED);
      stage.run();
      assertThat(before.difference(snapshot(SafePath.of("btrfs-scratch/btrfs/share")))).isEmpty();
      assertThat(btrfs.directory().resolve("share/app/one")).hasContent("x");
    }
  }

  @Test
  void reportsAttributesThatTheSharedFileSystemCannotHold() throws IOException {
    Path plain = Files.createDirectory(scratch.resolve("ram"));
    Assumptions.assumeTrue(
        new ProcessBuilder("mount", "-t", "ramfs", "none", plain.toString())
                .start()
                .onExit()
                .join()
                .exitValue()
            == 0,
        "needs ramfs");
    try {
      stage.areas = List.of(Area.of("/" + STAGED, "/ram/share"));
      file("one", "x");
      stage.disk.setExtendedAttribute(staged("one"), "user.note", new byte[] {1, 2, 3});
      MigrationReport report = stage.run();
      assertThat(plain.resolve("share/one")).hasContent("x");
      assertThat(report.notes()).isEqualTo(1);
      assertThat(stage.log()).contains("\tnot applied: attribute user.note=AQID\n");
    } finally {
      command("umount", plain.toString());
    }
  }

  @Test
  void finishesAGroupOfLinksThatWasInterruptedInTheMiddle() {
    file("a", "several names");
    stage.disk.link(staged("a"), staged("b"));
    stage.disk.link(staged("a"), staged("c"));
    // What a run leaves that is killed after it has put the first name in place.
    stage.directory(SHARED.text());
    stage.disk.clone(staged("a"), shared("a"), 0644);
    Stat original = stat(staged("a"));
    stage.disk.setMode(shared("a"), original.mode());
    stage.disk.setTimes(shared("a"), original.atime(), original.mtime());
    stage.run();
    assertThat(stat(shared("b")).inode()).isEqualTo(stat(shared("a")).inode());
    assertThat(stat(shared("c")).inode()).isEqualTo(stat(shared("a")).inode());
    assertThat(stat(shared("a")).links()).isEqualTo(3);
    assertThat(stage.disk.list(STAGED)).isEmpty();
  }
}
