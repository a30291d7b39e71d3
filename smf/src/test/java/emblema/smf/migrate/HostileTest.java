package emblema.smf.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.FileLock;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeRemoval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others plant in staging or in shared directories, by the name of the attack. */
class HostileTest {
  private static final SafePath SHARED = SafePath.of("opt/share");

  @TempDir Path directory;
  private Stage stage;
  private Path outside;

  @BeforeEach
  void open() throws IOException {
    outside = Files.createDirectory(directory.resolve("outside"));
    stage = new Stage(Files.createDirectory(directory.resolve("root")));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  /** The copying way, as between file systems, with something happening at certain calls. */
  private MigrationReport runAcross(UnaryOperator<Disk> intruder) {
    stage.changes.clear();
    return stage.migration(intruder.apply(TwoFileSystems.over(stage.disk, SHARED))).run();
  }

  @Test
  void aLinkPlantedInTheSharedTreeIsNotFollowed() throws IOException {
    stage.file("opt/.migrate/mail/root", "secret");
    stage.directory("opt/share");
    Files.createSymbolicLink(stage.path("opt/share/mail"), outside);
    for (int i = 0; i < 2; i++) {
      MigrationReport report = i == 0 ? stage.run() : runAcross(disk -> disk);
      assertThat(report.count(Outcome.LEFT)).isEqualTo(1);
      assertThat(outside).isEmptyDirectory();
      assertThat(stage.content("opt/.migrate/mail/root")).isEqualTo("secret");
    }
  }

  @Test
  void aLinkPlantedWhereAFileBelongsIsNotWrittenThrough() throws IOException {
    Path victim = Files.writeString(outside.resolve("victim"), "safe");
    stage.file("opt/.migrate/file", "staged");
    stage.directory("opt/share");
    Files.createSymbolicLink(stage.path("opt/share/file"), victim);
    stage.run();
    assertThat(victim).hasContent("safe");
    assertThat(stage.content("opt/share/file.be-2." + Stage.STAMP)).isEqualTo("staged");
  }

  @Test
  void aLinkPlantedInStagingIsNotFollowed() throws IOException {
    Files.writeString(outside.resolve("private"), "secret");
    stage.directory("opt/.migrate");
    Files.createSymbolicLink(stage.path("opt/.migrate/dir"), outside);
    runAcross(disk -> disk);
    assertThat(Files.isSymbolicLink(stage.path("opt/share/dir"))).isTrue();
    assertThat(outside.resolve("private")).hasContent("secret");
  }

  @Test
  void aStagingRootThatIsALinkIsRefused() throws IOException {
    stage.directory("opt");
    Files.createSymbolicLink(stage.path("opt/.migrate"), outside);
    assertThatThrownBy(stage::run).isInstanceOf(ConflictException.class);
  }

  @Test
  void aDirectorySwappedForALinkWhileItIsFilledLeadsNowhere() throws IOException {
    stage.file("opt/.migrate/app/file", "staged");
    stage.directory("opt/share/app");
    MigrationReport report =
        runAcross(
            disk ->
                Intruder.before(
                    disk,
                    "clone",
                    () -> {
                      Files.move(stage.path("opt/share/app"), stage.path("opt/share/app-old"));
                      Files.createSymbolicLink(stage.path("opt/share/app"), outside);
                    }));
    assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
    assertThat(outside).isEmptyDirectory();
    assertThat(stage.content("opt/.migrate/app/file")).isEqualTo("staged");
  }

  @Test
  void aStagedFileSwappedWhileItIsCopiedIsNotGivenTheFirstOnesOwner() throws IOException {
    Path secret = Files.writeString(outside.resolve("shadow"), "secret");
    stage.file("opt/.migrate/mine", "harmless");
    MigrationReport report =
        runAcross(
            disk ->
                Intruder.before(
                    disk,
                    "clone",
                    () -> {
                      Files.delete(stage.path("opt/.migrate/mine"));
                      Files.createLink(stage.path("opt/.migrate/mine"), secret);
                    }));
    assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
    assertThat(stage.path("opt/share/mine")).doesNotExist();
    assertThat(secret).hasContent("secret");
  }

  @Test
  void aStagedFileThatGrowsAfterItWasCopiedIsNotRemoved() throws IOException {
    stage.file("opt/.migrate/log", "one\n");
    MigrationReport report =
        runAcross(
            disk ->
                Intruder.before(
                    disk,
                    "renameNoReplace",
                    () -> Files.writeString(stage.path("opt/.migrate/log"), "one\ntwo\n")));
    assertThat(report.count(Outcome.LEFT)).isEqualTo(1);
    assertThat(stage.content("opt/.migrate/log")).isEqualTo("one\ntwo\n");
    stage.run();
    assertThat(stage.content("opt/share/log")).isEqualTo("one\n");
    assertThat(stage.content("opt/share/log.be-2." + Stage.STAMP)).isEqualTo("one\ntwo\n");
  }

  @Test
  void aNameThatAppearsInTheSharedTreeMeanwhileIsNotOverwritten() throws IOException {
    stage.file("opt/.migrate/file", "staged");
    stage.directory("opt/share");
    runAcross(
        disk ->
            Intruder.before(
                disk,
                "renameNoReplace",
                () -> Files.writeString(stage.path("opt/share/file"), "shared")));
    assertThat(stage.content("opt/share/file")).isEqualTo("shared");
    assertThat(stage.content("opt/share/file.be-2." + Stage.STAMP)).isEqualTo("staged");
    assertThat(stage.path("opt/.migrate")).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatAppearsMeanwhileIsMerged() {
    stage.file("opt/.migrate/app/file", "staged");
    stage.directory("opt/share");
    runAcross(
        disk ->
            Intruder.before(
                disk, "renameNoReplace", () -> stage.file("opt/share/app/other", "shared")));
    assertThat(stage.content("opt/share/app/file")).isEqualTo("staged");
    assertThat(stage.content("opt/share/app/other")).isEqualTo("shared");
    assertThat(stage.path("opt/.migrate")).isEmptyDirectory();
  }

  @Test
  void aMovedFileThatIsTakenAwayAtOnceIsNotRemovedFromStaging() throws IOException {
    stage.file("opt/.migrate/a", "staged");
    MigrationReport report =
        runAcross(
            disk ->
                Intruder.after(
                    disk,
                    "renameNoReplace",
                    Integer.MAX_VALUE,
                    () -> {
                      Files.delete(stage.path("opt/share/a"));
                      Files.writeString(stage.path("opt/share/a"), "forged");
                    }));
    assertThat(report.count(Outcome.MOVED)).isZero();
    assertThat(stage.content("opt/share/a")).isEqualTo("forged");
    assertThat(Files.exists(stage.path("opt/.migrate/a")) || report.count(Outcome.ASIDE) == 1)
        .isTrue();
  }

  @Test
  void aLogThatIsWrittenWhileItIsPutTogetherIsNotReplaced() throws IOException {
    stage.areas =
        AreaFile.parse("test", "[area]\nstaging=/opt/.migrate\nshared=/opt/share\nappend=*.log\n");
    stage.file("opt/.migrate/a.log", "one\n");
    stage.file("opt/share/a.log", "two\n");
    runAcross(
        disk ->
            Intruder.before(
                disk,
                "rename",
                () -> Files.writeString(stage.path("opt/share/a.log"), "two\nthree\n")));
    assertThat(stage.content("opt/share/a.log")).endsWith("two\nthree\n");
    assertThat(stage.path("opt/.migrate")).isEmptyDirectory();
  }

  @Test
  void aHardLinkToAForeignFileIsNotChanged() throws IOException {
    Path foreign = Files.writeString(outside.resolve("shadow"), "secret");
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-------"));
    stage.directory("opt/.migrate");
    Files.createLink(stage.path("opt/.migrate/mine"), foreign);
    stage.directory("opt/share");
    Files.createLink(stage.path("opt/share/other"), foreign);
    stage.file("opt/.migrate/other", "staged");
    runAcross(disk -> disk);
    assertThat(foreign).hasContent("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(foreign)))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(stage.path("opt/share/mine"))))
        .isEqualTo("rw-------");
    assertThat(stage.path("opt/.migrate")).isEmptyDirectory();
  }

  @Test
  void aSharedRootThatEverybodyMayWriteToIsRefused() throws IOException {
    stage.file("opt/.migrate/a", "x");
    Path shared = stage.directory("opt/share");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> runAcross(disk -> disk))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("writable by others and not sticky");
    assertThat(stage.content("opt/.migrate/a")).isEqualTo("x");
    stage.disk.setMode(SHARED, 01777);
    assertThat(runAcross(disk -> disk).count(Outcome.MOVED)).isEqualTo(1);
  }

  @Test
  void aSharedRootThatBelongsToAnotherUserIsRefusedUnlessConfigured() {
    assumeTrue(stage.disk.isPrivileged(), "needs root, to give files away");
    stage.file("opt/.migrate/a", "x");
    stage.directory("opt/share");
    stage.disk.setOwner(SHARED, 4711, 4711);
    assertThatThrownBy(stage::run)
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("belongs to user 4711");
    stage.areas =
        AreaFile.parse("test", "[area]\nstaging=/opt/.migrate\nshared=/opt/share\nowner=4711\n");
    assertThat(stage.run().count(Outcome.MOVED)).isEqualTo(1);
  }

  @Test
  void aReservedNameInStagingIsLeft() {
    stage.file("opt/.migrate/.ips-mig-x/lock", "x");
    stage.file("opt/.migrate/.ips-mig-y", "y");
    assertThat(stage.run().count(Outcome.LEFT)).isEqualTo(2);
    assertThat(stage.content("opt/.migrate/.ips-mig-x/lock")).isEqualTo("x");
    stage.run();
    assertThat(stage.content("opt/.migrate/.ips-mig-y")).isEqualTo("y");
  }

  @Test
  void workingDirectoriesOfDeadRunsAreSweptAndOthersAreNot() throws IOException {
    stage.file("opt/.migrate/a/b", "x");
    Path dead = stage.directory("opt/share/.ips-mig-dead/5").getParent();
    stage.file("opt/share/.ips-mig-dead/7", "half");
    Files.setPosixFilePermissions(dead, PosixFilePermissions.fromString("rwx------"));
    stage.file("opt/share/.ips-mig-theirs/x", "theirs");
    stage.run();
    assertThat(dead).doesNotExist();
    assertThat(stage.content("opt/share/.ips-mig-theirs/x")).isEqualTo("theirs");
  }

  @Test
  void theWorkingDirectoryOfAnotherRunThatLivesIsNotSwept() {
    stage.file("opt/.migrate/a/b", "x");
    stage.file("opt/share/.ips-mig-live/7", "half");
    stage.disk.setMode(SHARED.resolve(".ips-mig-live"), 0700);
    SafePath lock = SHARED.resolve(".ips-mig-live/lock");
    FileLock.Owner other = FileLock.Owner.of("shared-migrate", "other-zone");
    try (FileLock held = FileLock.acquire(stage.disk, lock, "it", other, Stage.CLOCK)) {
      stage.run();
      assertThat(held).isNotNull();
    }
    assertThat(stage.content("opt/share/.ips-mig-live/7")).isEqualTo("half");
    assertThat(stage.content("opt/share/a/b")).isEqualTo("x");
    stage.file("opt/.migrate/c", "x");
    stage.run();
    assertThat(stage.path("opt/share/.ips-mig-live")).doesNotExist();
  }

  @Test
  void namesThatAreNotUtf8ArriveUnchanged() {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3, 'z'};
    SafePath staged = SafePath.of("opt/.migrate").resolve(OsNames.decode(bytes));
    stage.directory("opt/.migrate");
    write(staged, "staged");
    SafePath shared = SHARED.resolve(OsNames.decode(bytes));
    runAcross(disk -> disk);
    assertThat(new String(stage.disk.readBytes(shared), StandardCharsets.UTF_8))
        .isEqualTo("staged");
    write(staged, "again");
    stage.run();
    assertThat(stage.disk.list(SHARED)).hasSize(2);
    assertThat(stage.log()).contains("/opt/share/a\\xff\\xc3z.be-2.");
  }

  private void write(SafePath path, String content) {
    try (var out = stage.disk.create(path, 0644)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesOf255BytesAreMovedAside() {
    String name = "n".repeat(255);
    stage.file("opt/.migrate/" + name, "staged");
    stage.file("opt/share/" + name, "shared");
    assertThat(stage.run().count(Outcome.ASIDE)).isEqualTo(1);
    assertThat(stage.content("opt/share/" + name)).isEqualTo("shared");
  }

  @Test
  void deepNestingIsMovedWithoutRecursion() {
    StringBuilder path = new StringBuilder("opt/.migrate");
    stage.directory("opt/.migrate");
    for (int i = 0; i < 3000; i++) {
      path.append("/d");
      stage.disk.makeDirectory(SafePath.of(path.toString()), 0755);
    }
    write(SafePath.of(path + "/file"), "deep");
    MigrationReport report = runAcross(disk -> disk);
    assertThat(report.count(Outcome.MOVED)).isEqualTo(1);
    assertThat(report.hasLeftovers()).isFalse();
    assertThat(stage.path("opt/.migrate")).isEmptyDirectory();
    TreeRemoval.remove(stage.disk, SHARED); // Deeper than JUnit can remove.
  }

  @Test
  void aSocketIsDroppedAndAPipeIsMoved() throws IOException {
    stage.directory("opt/.migrate");
    stage.disk.makeNode(SafePath.of("opt/.migrate/pipe"), Stat.Kind.FIFO, 0600, 0);
    try (var server =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      server.bind(java.net.UnixDomainSocketAddress.of(stage.path("opt/.migrate/socket")));
      MigrationReport report = runAcross(disk -> disk);
      assertThat(report.count(Outcome.DISCARDED)).isEqualTo(1);
    }
    assertThat(stage.disk.stat(SafePath.of("opt/share/pipe")).map(Stat::kind))
        .contains(Stat.Kind.FIFO);
    assertThat(stage.path("opt/.migrate")).isEmptyDirectory();
    assertThat(stage.log()).contains("\tdiscarded\t/opt/.migrate/socket\t");
  }
}
