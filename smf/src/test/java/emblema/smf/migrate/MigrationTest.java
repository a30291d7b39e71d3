package emblema.smf.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migration inside one file system: what moves, what stays, what is said. */
class MigrationTest {
  private static final Instant THEN = Instant.parse("2025-03-04T05:06:07.123456789Z");

  @TempDir Path directory;
  private Stage stage;

  @BeforeEach
  void open() {
    stage = new Stage(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void movesAStagedFileToTheSharedDirectory() throws IOException {
    Path staged = stage.file("opt/.migrate/myapplication/logs/app.log", "one\n");
    Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(staged, FileTime.from(THEN));
    MigrationReport report = stage.run();
    Path moved = stage.path("opt/share/myapplication/logs/app.log");
    assertThat(moved).hasContent("one\n");
    assertThat(Files.getLastModifiedTime(moved).toInstant()).isEqualTo(THEN);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(moved)))
        .isEqualTo("rw-r-----");
    assertThat(stage.path("opt/.migrate")).isEmptyDirectory();
    assertThat(report.count(Outcome.MOVED)).isEqualTo(1);
    assertThat(report.count(Outcome.CREATED)).isEqualTo(2);
    assertThat(report.hasLeftovers()).isFalse();
  }

  @Test
  void leavesNothingOfItsOwnInTheSharedTree() {
    stage.file("opt/.migrate/a/b", "x");
    stage.run();
    assertThat(stage.path("opt/share").toFile().list()).containsExactly("a");
    assertThat(stage.path("var/lib/emblema/shared-migrate").toFile().list())
        .containsExactlyInAnyOrder("lock", "log");
  }

  @Test
  void doesNothingAtAllWhenNothingIsStaged() {
    stage.directory("opt/.migrate");
    assertThat(stage.run().isChange()).isFalse();
    assertThat(directory.toFile().list()).containsExactly("opt");
    assertThat(stage.path("opt").toFile().list()).containsExactly(".migrate");
  }

  @Test
  void doesNothingAtAllWhenThereIsNoStagingRoot() {
    assertThat(stage.run().isChange()).isFalse();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void makesTheSharedStructureFromEmptyStagedDirectories() {
    stage.directory("opt/.migrate/myapplication/logs");
    stage.areas = List.of(keeping("myapplication/logs"));
    stage.run();
    assertThat(stage.path("opt/share/myapplication/logs")).isEmptyDirectory();
    assertThat(stage.path("opt/.migrate/myapplication/logs")).isEmptyDirectory();
    assertThat(stage.run().isChange()).isFalse();
  }

  private static Area keeping(String keep) {
    return AreaFile.parse(
            "test", "[area]\nstaging=/opt/.migrate\nshared=/opt/share\nkeep=" + keep + "\n")
        .getFirst();
  }

  @Test
  void keepsDirectoriesThatPackagesDeliver() {
    stage.file("opt/.migrate/myapplication/logs/old/app.log", "one\n");
    stage.file(
        "var/pkg/publisher/example.com/pkg/myapplication/1.0%2C5.11",
        "set name=pkg.fmri value=pkg://example.com/myapplication@1.0,5.11\n"
            + "dir path=opt/.migrate/myapplication/logs owner=daemon group=daemon mode=0755\n");
    stage.run();
    assertThat(stage.path("opt/.migrate/myapplication/logs")).isEmptyDirectory();
    assertThat(stage.content("opt/share/myapplication/logs/old/app.log")).isEqualTo("one\n");
  }

  @Test
  void dropsAStagedFileThatTheSharedTreeHasAlready() {
    stage.file("opt/.migrate/a", "same");
    stage.file("opt/share/a", "same");
    assertThat(stage.run().count(Outcome.DROPPED)).isEqualTo(1);
    assertThat(stage.path("opt/.migrate")).isEmptyDirectory();
    assertThat(stage.content("opt/share/a")).isEqualTo("same");
  }

  @Test
  void keepsBothWhenTheSharedFileDiffers() {
    stage.file("opt/.migrate/a", "staged");
    stage.file("opt/share/a", "shared");
    assertThat(stage.run().count(Outcome.ASIDE)).isEqualTo(1);
    assertThat(stage.content("opt/share/a")).isEqualTo("shared");
    assertThat(stage.content("opt/share/a.be-2." + Stage.STAMP)).isEqualTo("staged");
    assertThat(stage.path("opt/.migrate")).isEmptyDirectory();
  }

  @Test
  void neverOverwritesAnEarlierNameOfWhatIsMovedAside() {
    stage.file("opt/.migrate/a", "staged");
    stage.file("opt/share/a", "shared");
    stage.file("opt/share/a.be-2." + Stage.STAMP, "earlier");
    stage.run();
    assertThat(stage.content("opt/share/a.be-2." + Stage.STAMP)).isEqualTo("earlier");
    assertThat(stage.content("opt/share/a.be-2." + Stage.STAMP + ".1")).isEqualTo("staged");
  }

  @Test
  void cutsANameThatWouldBecomeTooLongWhenMovedAside() {
    String name = "é".repeat(127);
    stage.file("opt/.migrate/" + name, "staged");
    stage.file("opt/share/" + name, "shared");
    stage.run();
    String[] names = stage.path("opt/share").toFile().list();
    assertThat(names).hasSize(2).contains(name);
    assertThat(names).anyMatch(other -> other.matches("é+~[0-9a-f]{8}[.]be-2[.]" + Stage.STAMP));
  }

  @Test
  void leavesADirectoryThatMeetsAFile() {
    stage.file("opt/.migrate/a/b", "staged");
    stage.file("opt/share/a", "shared");
    MigrationReport report = stage.run();
    assertThat(report.count(Outcome.LEFT)).isEqualTo(1);
    assertThat(report.leftovers().getFirst().sentence())
        .isEqualTo("left /opt/.migrate/a (the shared object is not a directory)");
    assertThat(stage.content("opt/.migrate/a/b")).isEqualTo("staged");
    assertThat(stage.content("opt/share/a")).isEqualTo("shared");
    assertThat(stage.log()).contains("\tleft\t/opt/.migrate/a\t/opt/share/a\t");
  }

  @Test
  void leavesAFileThatMeetsADirectory() {
    stage.file("opt/.migrate/a", "staged");
    stage.directory("opt/share/a");
    assertThat(stage.run().count(Outcome.LEFT)).isEqualTo(1);
    assertThat(stage.content("opt/.migrate/a")).isEqualTo("staged");
  }

  @Test
  void putsStagedLinesInFrontOfALogOnlyWhenConfigured() throws IOException {
    stage.areas =
        AreaFile.parse(
            "test",
            """
            [area]
            staging = /opt/.migrate
            shared = /opt/share
            append = logs/*.log
            """);
    stage.file("opt/.migrate/logs/app.log", "one\ntwo\n");
    stage.file("opt/.migrate/logs/app.txt", "one\n");
    Path log = stage.file("opt/share/logs/app.log", "three\n");
    stage.file("opt/share/logs/app.txt", "two\n");
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw----"));
    MigrationReport report = stage.run();
    assertThat(report.count(Outcome.APPENDED)).isEqualTo(1);
    assertThat(report.count(Outcome.ASIDE)).isEqualTo(1);
    assertThat(log).hasContent("one\ntwo\nthree\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-rw----");
    stage.file("opt/.migrate/logs/app.log", "one\ntwo\n");
    assertThat(stage.run().count(Outcome.DROPPED)).isEqualTo(1);
    assertThat(log).hasContent("one\ntwo\nthree\n");
  }

  @Test
  void movesALinkAsALink() throws IOException {
    stage.directory("opt/.migrate");
    Files.createSymbolicLink(stage.path("opt/.migrate/latest"), Path.of("../../etc/passwd"));
    stage.run();
    Path moved = stage.path("opt/share/latest");
    assertThat(Files.readSymbolicLink(moved)).isEqualTo(Path.of("../../etc/passwd"));
    assertThat(Files.exists(stage.path("opt/.migrate/latest"), LinkOption.NOFOLLOW_LINKS))
        .isFalse();
  }

  @Test
  void keepsAttributesOfSharedDirectoriesThatExist() throws IOException {
    Path staged = stage.directory("opt/.migrate/a");
    Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rwxrwxrwx"));
    stage.file("opt/.migrate/a/b", "x");
    Path shared = stage.directory("opt/share/a");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwx------"));
    stage.run();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
        .isEqualTo("rwx------");
  }

  @Test
  void restoresTheTimesOfDirectoriesThatItMakes() throws IOException {
    stage.file("opt/.migrate/a/b/c", "x");
    Files.setLastModifiedTime(stage.path("opt/.migrate/a/b"), FileTime.from(THEN));
    stage.run();
    assertThat(Files.getLastModifiedTime(stage.path("opt/share/a/b")).toInstant()).isEqualTo(THEN);
  }

  @Test
  void runningAgainChangesNothing() {
    stage.file("opt/.migrate/a/b", "staged");
    stage.file("opt/.migrate/a/c", "x");
    stage.file("opt/share/a/b", "shared");
    stage.run();
    String log = stage.log();
    assertThat(stage.run().isChange()).isFalse();
    assertThat(stage.changes).isEmpty();
    assertThat(stage.log()).isEqualTo(log);
  }

  @Test
  void sayingWhatWouldBeDoneChangesNothing() {
    stage.file("opt/.migrate/a/b", "staged");
    stage.file("opt/.migrate/c", "staged");
    MigrationReport report = stage.migration().preview();
    assertThat(report.count(Outcome.MOVED)).isEqualTo(2);
    assertThat(report.count(Outcome.CREATED)).isEqualTo(1);
    assertThat(directory.toFile().list()).containsExactly("opt");
    assertThat(stage.path("opt").toFile().list()).containsExactly(".migrate");
  }

  @Test
  void writesALogLineForEachMove() {
    stage.file("opt/.migrate/a b\tc", "x");
    stage.run();
    assertThat(stage.log())
        .isEqualTo(
            "2026-01-31T08:15:00Z\tbe-2\t"
                + Stage.STAMP
                + ".1\tmoved\t/opt/.migrate/a b\\x09c\t/opt/share/a b\\x09c\t\n");
  }

  @Test
  void movesIntoASharedRootOutsideTheEnvironment() {
    stage.shared =
        java.util.Map.of(
            emblema.core.io.SafePath.of("opt/share"),
            emblema.core.io.SafePath.of("elsewhere/shared/opt/share"));
    stage.file("opt/.migrate/a/b", "x");
    stage.run();
    assertThat(stage.content("elsewhere/shared/opt/share/a/b")).isEqualTo("x");
    assertThat(stage.log()).contains("/opt/share/a/b");
    assertThat(stage.path("opt/share")).doesNotExist();
  }

  @Test
  void leavesAreasAloneThatHaveNothingStaged() {
    stage.areas =
        List.of(Area.of("/opt/.migrate", "/opt/share"), Area.of("/var/.migrate", "/var/share"));
    stage.file("opt/.migrate/a", "x");
    stage.directory("var/.migrate");
    stage.run();
    assertThat(stage.path("opt/share/a")).exists();
    assertThat(stage.path("var/share")).doesNotExist();
  }

  @Test
  void movesNothingWhenOneOfItsAreasIsMisconfigured() throws IOException {
    stage.areas =
        List.of(Area.of("/opt/.migrate", "/opt/share"), Area.of("/var/.migrate", "/var/share"));
    stage.file("opt/.migrate/a", "x");
    stage.file("var/.migrate/a", "x");
    stage.file("var/share", "not a directory");
    assertThatThrownBy(stage::run).isInstanceOf(emblema.core.error.ConflictException.class);
    assertThat(stage.path("opt/.migrate/a")).exists();
    assertThat(stage.path("opt/share")).doesNotExist();
  }
}
