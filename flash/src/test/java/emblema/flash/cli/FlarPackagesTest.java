package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import emblema.core.io.SafePath;
import emblema.flash.surface.SurfaceRepository;
import emblema.flash.view.ArchiveTrees;
import emblema.testkit.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of packages and of boot environments (spec flash-to-ips, 3.2 and 3.4). */
class FlarPackagesTest {
  @TempDir Path directory;

  @BeforeEach
  void publish() {
    SurfaceRepository repository = new SurfaceRepository(directory.resolve("repo"));
    repository.publish(
        "base@1",
        "dir path=etc mode=0755 owner=root group=root",
        "file NOHASH path=etc/motd mode=0644 owner=root group=root",
        "hello");
    for (int version = 1; version < 3; version++) {
      repository.publish(
          "app@" + version,
          "depend type=require fmri=pkg:/base@1",
          "dir path=opt mode=0755 owner=root group=sys",
          "file NOHASH path=opt/changed mode=0644 owner=root group=root",
          "of version " + version,
          "file NOHASH path=opt/same mode=0644 owner=root group=root",
          "same",
          "file NOHASH path=opt/only" + version + " mode=0755 owner=root group=root",
          "only here",
          "hardlink path=opt/twin" + version + " target=only" + version,
          "link path=opt/link target=same");
    }
  }

  private CommandRun flar(String... arguments) {
    return CommandRun.of(FlarMain.program(), directory, arguments);
  }

  private void create(String archive, String... packages) {
    String[] words = {"create", "-n", archive, "-s", "repo", "--from-pkgs", ""};
    words[6] = String.join(" ", packages);
    String[] all = java.util.Arrays.copyOf(words, 8);
    all[7] = archive;
    CommandRun run = flar(all);
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void archivesWhatPackagesDeliver() {
    create("one.flar", "base", "app@1");
    assertThat(flar("info", "-l", "one.flar").out())
        .isEqualTo(
            """
            etc
            etc/motd
            opt
            opt/changed
            opt/link
            opt/only1
            opt/same
            opt/twin1
            """);
    assertThat(flar("info", "-k", "type", "one.flar").out()).isEqualTo("FULL\n");
    assertThat(flar("info", "-k", "creation_node", "one.flar").out()).isEqualTo("UNKNOWN\n");
    try (Disk tree = tree("one.flar")) {
      assertThat(tree.stat(SafePath.of("opt")).orElseThrow().gid()).isEqualTo(3);
      assertThat(tree.stat(SafePath.of("opt/twin1")).orElseThrow().links()).isEqualTo(2);
    }
  }

  private Disk tree(String archive) {
    return ArchiveTrees.full(directory.resolve(archive), directory, event -> {});
  }

  @Test
  void aPackageThatIsRequiredMustBeAmongThem() {
    CommandRun lacking = flar("create", "-n", "x", "-s", "repo", "--from-pkgs", "app", "x.flar");
    assertThat(lacking.status()).isEqualTo(1);
    assertThat(lacking.err()).contains("app requires pkg:/base@1").contains("-I");
    assertThat(directory.resolve("x.flar")).doesNotExist();
    assertThat(
            flar("create", "-I", "-n", "x", "-s", "repo", "--from-pkgs", "app", "x.flar").status())
        .isZero();
  }

  @Test
  void theDifferenceOfPackagesOnTheOldOnesIsTheNewOnes() {
    create("one.flar", "base", "app@1");
    create("two.flar", "base", "app@2");
    CommandRun diff =
        flar(
            "diff",
            "--old",
            "base",
            "--old",
            "app@1",
            "--new",
            "base app@2",
            "-s",
            "repo",
            "-n",
            "update",
            "-c",
            "diff.flar");
    assertThat(diff.status()).as(diff.err()).isZero();
    assertThat(flar("info", "-k", "type", "diff.flar").out()).isEqualTo("DIFFERENTIAL\n");
    assertThat(flar("info", "-l", "diff.flar").out())
        .contains("opt/changed\n")
        .contains("opt/only2\n")
        .contains("opt/twin2\n")
        .doesNotContain("opt/same")
        .doesNotContain("etc/motd");
    try (Disk old = tree("one.flar");
        Disk now = tree("two.flar");
        Disk updated =
            ArchiveTrees.open(
                directory.resolve("diff.flar"), Optional.of(old), directory, event -> {})) {
      assertThat(TreeSnapshot.of(updated, SafePath.ROOT).toString())
          .isEqualTo(TreeSnapshot.of(now, SafePath.ROOT).toString());
    }
  }

  @Test
  void anArchiveMayBeTheOldImageWithoutBeingUnpacked() {
    create("one.flar", "base", "app@1");
    CommandRun same =
        flar(
            "create",
            "-n",
            "same",
            "-A",
            "one.flar",
            "-s",
            "repo",
            "--from-pkgs",
            "base app@1",
            "same.flar");
    assertThat(same.status()).as(same.err()).isZero();
    assertThat(same.err()).contains("no differences between the images");
    assertThat(flar("info", "-l", "same.flar").out()).isEmpty();
  }

  @Test
  void archivesABootEnvironment() throws IOException {
    Path root = Files.createDirectory(directory.resolve("machine"));
    DirectoryEnvironments.Setting setting =
        new DirectoryEnvironments.Setting(
            CommandRun.CLOCK, () -> "id", FileLock.Owner.of("test", "host"), Durability.NONE);
    try (DirectoryEnvironments all =
        DirectoryEnvironments.create(DirectoryEnvironments.disk(root), "old", setting)) {
      Path tree = all.find("old").orElseThrow().root();
      Files.createDirectory(tree.resolve("etc"));
      Files.writeString(tree.resolve("etc/motd"), "hello");
    }
    for (String option : new String[] {"--from-be=old", "-Rbe:old"}) {
      CommandRun run =
          flar("create", "-n", "be", "--be-root", "machine", "--no-scripts", option, "be.flar");
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(flar("info", "-l", "be.flar").out()).contains("etc/motd\n");
    }
    CommandRun none =
        flar("create", "-n", "be", "--be-root", "machine", "--from-be", "new", "none.flar");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("'new' does not exist");
  }

  @Test
  void optionsThatContradictEachOtherAreUsageErrors() {
    assertThat(flar("create", "-n", "x", "--from-pkgs", "app", "x.flar").status()).isEqualTo(2);
    assertThat(flar("create", "-n", "x", "-R", "/", "-s", "repo", "--from-pkgs", "a", "x").status())
        .isEqualTo(2);
    assertThat(flar("create", "-n", "x", "-s", "repo", "--old-pkgs", "a", "x").status())
        .isEqualTo(2);
    assertThat(flar("diff", "-n", "x", "-s", "repo", "--new", "app", "x").status()).isEqualTo(2);
    assertThat(
            flar("create", "-n", "x", "-s", "repo", "--variant", "arch", "--from-pkgs", "base", "x")
                .status())
        .isEqualTo(2);
  }
}
