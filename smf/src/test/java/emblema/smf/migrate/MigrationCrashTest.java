package emblema.smf.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.testkit.CrashTest;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Killed, cut off from power, or refused at every single write: nothing staged or shared is lost.
 */
class MigrationCrashTest {
  private static final SafePath SHARED = SafePath.of("opt/share");
  private static final Instant THEN = Instant.parse("2025-03-04T05:06:07.123456789Z");

  @TempDir Path scratch;

  private int runs;

  @Test
  void losesNothingWithinOneFileSystem() throws Exception {
    assertThat(crash(disk -> disk)).isGreaterThan(200);
  }

  @Test
  void losesNothingAcrossFileSystems() throws Exception {
    assertThat(crash(disk -> TwoFileSystems.over(disk, SHARED))).isGreaterThan(300);
  }

  private int crash(UnaryOperator<Disk> view) throws Exception {
    return new CrashTest(scratch, Seed.next())
        .tree(MigrationCrashTest::build)
        .action(disk -> migrate(view.apply(disk)))
        .invariant(MigrationCrashTest::nothingIsLost)
        .completed(MigrationCrashTest::everythingHasItsPlace)
        .run();
  }

  private void migrate(Disk disk) {
    Stage stage = new Stage(disk.root(), disk);
    stage.areas =
        AreaFile.parse(
            "test", "[area]\nstaging=/opt/.migrate\nshared=/opt/share\nappend=*.log\nkeep=app\n");
    stage.token = "token" + runs++;
    MigrationReport report = stage.run();
    if (report.storageFailures() > 0) {
      throw new StorageException("some objects failed: " + report.leftovers());
    }
  }

  private static void build(Path root) throws IOException {
    Path staged = root.resolve("opt/.migrate");
    Path shared = Files.createDirectories(root.resolve("opt/share"));
    write(staged.resolve("app/one"), "one");
    write(staged.resolve("app/two"), "two");
    Files.createLink(staged.resolve("app/two-again"), staged.resolve("app/two"));
    write(staged.resolve("deep/er/three"), "three");
    Files.createLink(staged.resolve("deep/er/two-too"), staged.resolve("app/two"));
    Files.createSymbolicLink(staged.resolve("link"), Path.of("app/one"));
    write(staged.resolve("other"), "staged other");
    write(shared.resolve("other"), "shared other");
    write(staged.resolve("same"), "same");
    write(shared.resolve("same"), "same");
    write(staged.resolve("lines.log"), "old\n");
    write(shared.resolve("lines.log"), "new\n");
    write(staged.resolve("blocked/four"), "four");
    write(shared.resolve("blocked"), "shared blocked");
    Files.setPosixFilePermissions(
        staged.resolve("app"), PosixFilePermissions.fromString("rwxr-x---"));
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(file, FileTime.from(THEN));
  }

  private static void nothingIsLost(Path root) throws IOException {
    Set<String> staged = contents(root.resolve("opt/.migrate"));
    Set<String> shared = contents(root.resolve("opt/share"));
    Set<String> all = new TreeSet<>(staged);
    all.addAll(shared);
    assertThat(all).contains("one", "two", "three", "-> app/one", "staged other", "four");
    assertThat(shared).contains("shared other", "same", "shared blocked");
    Path log = root.resolve("opt/share/lines.log");
    assertThat(Files.readString(log)).isIn("new\n", "old\nnew\n");
    if (!Files.readString(log).startsWith("old\n")) {
      assertThat(staged).contains("old\n");
    }
  }

  private static Set<String> contents(Path top) throws IOException {
    if (!Files.exists(top)) {
      return Set.of();
    }
    try (Stream<Path> paths = Files.walk(top)) {
      return paths
          .filter(path -> !path.toString().contains("/.ips-mig-"))
          .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .map(MigrationCrashTest::content)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String content(Path path) {
    try {
      return Files.isSymbolicLink(path)
          ? "-> " + Files.readSymbolicLink(path)
          : Files.readString(path);
    } catch (IOException e) {
      throw new AssertionError(path.toString(), e);
    }
  }

  private static void everythingHasItsPlace(Path root) throws IOException {
    Path shared = root.resolve("opt/share");
    try (Stream<Path> paths = Files.walk(root.resolve("opt"))) {
      assertThat(paths.map(path -> root.resolve("opt").relativize(path).toString()))
          .containsExactlyInAnyOrder(
              "",
              ".migrate",
              ".migrate/app",
              ".migrate/blocked",
              ".migrate/blocked/four",
              "share",
              "share/app",
              "share/app/one",
              "share/app/two",
              "share/app/two-again",
              "share/blocked",
              "share/deep",
              "share/deep/er",
              "share/deep/er/three",
              "share/deep/er/two-too",
              "share/lines.log",
              "share/link",
              "share/other",
              "share/other.be-2." + Stage.STAMP,
              "share/same");
    }
    assertThat(content(shared.resolve("other.be-2." + Stage.STAMP))).isEqualTo("staged other");
    assertThat(content(shared.resolve("lines.log"))).isEqualTo("old\nnew\n");
    assertThat(Files.isSameFile(shared.resolve("app/two"), shared.resolve("app/two-again")))
        .isTrue();
    assertThat(Files.isSameFile(shared.resolve("app/two"), shared.resolve("deep/er/two-too")))
        .isTrue();
    for (String name : new String[] {"app/one", "app/two", "deep/er/three", "lines.log"}) {
      Path file = shared.resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(name)
          .isEqualTo("rw-r-----");
      assertThat(Files.getLastModifiedTime(file).toInstant()).as(name).isEqualTo(THEN);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve("app"))))
        .isEqualTo("rwxr-x---");
  }
}
