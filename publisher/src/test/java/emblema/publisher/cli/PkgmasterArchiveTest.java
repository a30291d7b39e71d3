package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.flash.cli.FlarMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flash archives where master trees are expected (spec flash-to-ips, 3.1). */
class PkgmasterArchiveTest {
  @TempDir Path directory;

  @BeforeEach
  void makeTrees() throws IOException {
    for (String tree : List.of("one", "two")) {
      write(tree + "/etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:700:700::/:/bin/sh\n");
      write(tree + "/etc/group", "root:x:0:\napp:x:700:\n");
      write(tree + "/opt/app/data", "data of " + tree);
      write(tree + "/opt/app/same", "same");
      Files.createLink(
          directory.resolve(tree + "/opt/app/twin"), directory.resolve(tree + "/opt/app/same"));
      Files.createSymbolicLink(directory.resolve(tree + "/opt/app/link"), Path.of("same"));
      Files.setPosixFilePermissions(
          directory.resolve(tree + "/opt/app/data"), PosixFilePermissions.fromString("rwxr-x---"));
    }
    write("two/opt/app/added", "added");
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
  }

  /** Archives a tree with {@code flar combine}. */
  private void archive(String tree, String... identification) throws IOException {
    Path parts = directory.resolve("parts-" + tree);
    Files.createDirectory(parts);
    Files.writeString(parts.resolve("cookie"), "FlAsH-aRcHiVe-2.0\n");
    Files.writeString(
        parts.resolve("identification"),
        "content_name=" + tree + "\ntype=FULL\n" + String.join("", identification));
    Files.move(directory.resolve(tree), parts.resolve("archive"));
    CommandRun combine =
        CommandRun.of(FlarMain.program(), directory, "combine", "-d", parts + "", tree + ".flar");
    assertThat(combine.status()).as(combine.err()).isZero();
    Files.move(parts.resolve("archive"), directory.resolve(tree));
  }

  private CommandRun master(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (!List.of("diff", "scan").contains(words[0])) {
      all.addAll(List.of("-s", "repo", "--publisher", "example.com"));
    }
    return CommandRun.of(PkgmasterMain.program(), directory, all.toArray(String[]::new));
  }

  private void createRepository() {
    assertThat(CommandRun.of(PkgrepoMain.program(), directory, "create", "repo").status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "files_compressed_method=compress\n",
        "files_archived_method=pax\n",
        "files_archived_method=pax\nfiles_compressed_method=compress\n"
      })
  void anArchiveIsScannedAsTheTreeItWasMadeOf(String identification) throws IOException {
    archive("one", identification);
    CommandRun tree = master("scan", "-R", "one");
    CommandRun archive = master("scan", "-R", "one.flar");
    assertThat(archive.out()).isEqualTo(tree.out()).contains("opt/app/twin");
    assertThat(archive.status()).isZero();
  }

  @Test
  void publishesAnArchiveAndPlansTheNextOne() throws IOException {
    createRepository();
    archive("one");
    archive("two", "files_compressed_method=compress\n");
    CommandRun baseline = master("baseline", "-R", "one.flar", "--release", "1");
    assertThat(baseline.err()).isEmpty();
    assertThat(baseline.status()).isZero();

    CommandRun plan = master("plan", "-A", "one.flar", "-R", "two.flar", "--release", "2");
    assertThat(plan.err()).isEmpty();
    CommandRun trees = master("plan", "-A", "one", "-R", "two", "--release", "2");
    assertThat(plan.out()).isEqualTo(trees.out()).contains("1 content");

    CommandRun publish = master("publish", "-A", "one.flar", "-R", "two.flar", "--release", "2");
    assertThat(publish.status()).as(publish.err()).isZero();
    CommandRun verify = CommandRun.of(PkgrepoMain.program(), directory, "verify", "-s", "repo");
    assertThat(verify.status()).as(verify.err() + verify.out()).isZero();
  }

  @Test
  void leavesNoUnpackedFileBehind() throws IOException {
    archive("one", "files_compressed_method=compress\n");
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    CommandRun scan =
        CommandRun.of(
            PkgmasterMain.program(),
            directory,
            java.util.Map.of("TMPDIR", temporary.toString()),
            "scan",
            "-R",
            "one.flar");
    assertThat(scan.status()).as(scan.err()).isZero();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void refusesADifferentialArchiveWithoutItsBase() throws IOException {
    archive("one", "type=DIFFERENTIAL\n");
    CommandRun scan = master("scan", "-R", "one.flar");
    assertThat(scan.status()).isEqualTo(1);
    assertThat(scan.err()).contains("is DIFFERENTIAL").contains("full one");
  }

  @Test
  void plansAReleaseFromADifferentialArchiveAndItsBase() throws IOException {
    for (String name : List.of("20-base-image.tar", "20-diff.flar")) {
      try (var in = PkgmasterArchiveTest.class.getResourceAsStream("/flash/" + name)) {
        Files.write(directory.resolve(name), in.readAllBytes());
      }
    }
    Files.createDirectories(directory.resolve("base"));
    Files.writeString(directory.resolve("base/cookie"), "FlAsH-aRcHiVe-2.0\n");
    Files.writeString(
        directory.resolve("base/identification"),
        "content_name=base\ntype=FULL\nfiles_archived_method=pax\n");
    Files.move(directory.resolve("20-base-image.tar"), directory.resolve("base/archive"));
    CommandRun combine =
        CommandRun.of(FlarMain.program(), directory, "combine", "-d", "base", "base.flar");
    assertThat(combine.status()).as(combine.err()).isZero();
    createRepository();
    assertThat(master("baseline", "-R", "base.flar", "--release", "1").status()).isZero();

    CommandRun plan =
        master("plan", "-A", "base.flar", "-R", "20-diff.flar", "--release", "2", "-v");
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("2 added, 1 removed, 1 content, 1 retarget");

    CommandRun other = master("plan", "-A", "one", "-R", "20-diff.flar", "--release", "2");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("is not what").contains("files detected: /");
  }

  @Test
  void generatesTheManifestOfAnArchiveWithTheNamesOfTheMaster() throws IOException {
    archive("one", "files_compressed_method=compress\n");
    CommandRun generate = CommandRun.of(PkgsendMain.program(), directory, "generate", "one.flar");
    assertThat(generate.status()).as(generate.err()).isZero();
    assertThat(generate.out())
        .containsPattern("file opt/app/data group=\\S+ mode=0750 owner=\\S+ path=opt/app/data\n")
        .contains("owner=" + name("uid", "root") + " path=opt/app/data")
        .contains("group=" + name("gid", "root") + " mode=0750")
        .contains("hardlink path=opt/app/twin target=same\n")
        .contains("link path=opt/app/link target=same\n");
  }

  /** Numbers that the master has no name for stand for themselves. */
  private String name(String attribute, String root) throws IOException {
    Object number = Files.getAttribute(directory.resolve("one"), "unix:" + attribute);
    return number.equals(0) ? root : number.toString();
  }

  @Test
  void publishesAManifestWithPayloadsOfAnArchive() throws IOException {
    createRepository();
    archive("one");
    CommandRun generate = CommandRun.of(PkgsendMain.program(), directory, "generate", "one.flar");
    Files.writeString(
        directory.resolve("app.p5m"), "set name=pkg.fmri value=app@1,5.11\n" + generate.out());
    CommandRun create =
        CommandRun.of(
            PkgrepoMain.program(), directory, "set", "-s", "repo", "publisher/prefix=example.com");
    assertThat(create.status()).as(create.err()).isZero();
    CommandRun publish =
        CommandRun.of(
            PkgsendMain.program(), directory, "publish", "-s", "repo", "-b", "one.flar", "app.p5m");
    assertThat(publish.status()).as(publish.err()).isZero();
    CommandRun verify = CommandRun.of(PkgrepoMain.program(), directory, "verify", "-s", "repo");
    assertThat(verify.status()).as(verify.err() + verify.out()).isZero();
  }
}
