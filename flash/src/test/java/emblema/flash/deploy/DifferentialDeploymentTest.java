package emblema.flash.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.codec.MemberReader;
import emblema.flash.deploy.DeploymentOptions.Check;
import emblema.flash.tree.Extraction;
import emblema.testkit.TreeSnapshot;
import emblema.testkit.TreeSnapshot.Detail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The differential samples against clones of their base image, pristine and changed. */
class DifferentialDeploymentTest {
  private static final Predicate<String> OURS = path -> path.startsWith("etc/flash");

  @TempDir Path top;
  private Machine machine;
  private Path full;
  private Path bare;

  @BeforeEach
  void prepare() throws IOException {
    machine = new Machine(top.resolve("machine"));
    try (Disk disk = RealDisk.open(top)) {
      Assumptions.assumeTrue(disk.isPrivileged(), "the images belong to root");
    }
    full = sample("20-diff.flar");
    bare = sample("21-diff-nomanifest.flar");
    unpack("20-base-image.tar", machine.one());
    Files.createDirectory(machine.one().resolve("etc/flash"));
    Files.writeString(machine.one().resolve("etc/flash/master"), "pumbaa");
    machine.with(Machine.skipping(Check.ARCHITECTURE));
  }

  @AfterEach
  void close() {
    machine.close();
  }

  private Path sample(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/" + name)) {
      return Files.write(top.resolve(name), in.readAllBytes());
    }
  }

  private void unpack(String tar, Path directory) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/" + tar);
        Disk disk = RealDisk.open(directory)) {
      new Extraction(disk, SafePath.ROOT, event -> {}).run(MemberReader.of(in, false), tar);
    }
  }

  private TreeSnapshot one() {
    return TreeSnapshot.of(machine.one(), Detail.TIMES);
  }

  /** Without the times of directories: the new image's is not in the archive. */
  private void assertUpdated(Path tree) throws IOException {
    Path expected = Files.createDirectory(top.resolve("expected"));
    unpack("20-new-image.tar", expected);
    assertThat(
            TreeSnapshot.of(expected).without(OURS).difference(TreeSnapshot.of(tree).without(OURS)))
        .isEmpty();
  }

  @Test
  void aPristineCloneBecomesTheNewImageAndItsSourceStaysAsItWas() throws IOException {
    TreeSnapshot before = one();
    DeploymentReport report = machine.deploy(full, "two");
    assertThat(report.removed()).containsExactly("/usr/lib/old.so");
    assertUpdated(machine.tree("two"));
    assertThat(before.difference(one())).isEmpty();
    assertThat(machine.environments.find("two").orElseThrow().description())
        .isEqualTo("updated by Flash archive diffarchive1");
  }

  @ParameterizedTest
  @CsvSource({
    "etc/extra, new, New files detected: /etc/extra",
    "etc/hosts, changed, Modified files detected: /etc/hosts",
    "etc/nodename, , Deleted files detected: /etc/nodename",
    "usr/lib/old.so, changed, New files detected: /usr/lib/old.so",
    "opt/new, there already, ''",
    "etc/motd, changed, ''",
    "usr/lib/old.so, , ''",
  })
  void judgesAChangedCloneAsTheSamplesSay(String path, String content, String message)
      throws IOException {
    Path changed = machine.one().resolve(path);
    Files.deleteIfExists(changed);
    if (content != null) {
      Files.writeString(changed, content);
    }
    TreeSnapshot before = one();
    if (message.isEmpty()) {
      machine.deploy(full, "two");
      assertUpdated(machine.tree("two"));
    } else {
      assertThatThrownBy(() -> machine.deploy(full, "two"))
          .isInstanceOfSatisfying(
              ConflictException.class,
              refusal -> {
                assertThat(refusal.detail()).contains(message);
                assertThat(refusal).hasMessageContaining("nothing was changed");
              });
      assertThat(machine.trees()).containsExactly("one");
      assertThat(before.difference(one())).isEmpty();
    }
  }

  @Test
  void namesEachDifferenceBeforeAnythingIsDeleted() throws IOException {
    Files.delete(machine.one().resolve("etc/nodename"));
    Files.writeString(machine.one().resolve("etc/hosts"), "changed");
    Files.writeString(machine.one().resolve("usr/extra"), "new");
    assertThatThrownBy(() -> machine.deploy(full, "two"))
        .isInstanceOfSatisfying(
            ConflictException.class,
            refusal ->
                assertThat(refusal.detail().orElseThrow().lines())
                    .containsExactly(
                        "Deleted files detected: /etc/nodename",
                        "Modified files detected: /etc/hosts",
                        "New files detected: /usr/extra"));
    assertThat(machine.one().resolve("usr/lib/old.so")).exists();
  }

  @Test
  void forceDeletesNewFilesButForgivesNothingElse() throws IOException {
    Files.createDirectories(machine.one().resolve("opt/extra/deep"));
    Files.writeString(machine.one().resolve("opt/extra/deep/file"), "new");
    machine.with(Machine.forcing(Check.ARCHITECTURE));
    assertThat(machine.deploy(full, "two").removed())
        .containsExactlyInAnyOrder("/usr/lib/old.so", "/opt/extra");
    assertUpdated(machine.tree("two"));
    Files.writeString(machine.one().resolve("etc/hosts"), "changed");
    assertThatThrownBy(() -> machine.deploy(full, "three"))
        .isInstanceOfSatisfying(
            ConflictException.class,
            refusal ->
                assertThat(refusal.detail()).contains("Modified files detected: /etc/hosts"));
  }

  @Test
  void checksTheDirectoryThatItUpdatesInPlaceBeforeItChangesAnything() throws IOException {
    Files.writeString(machine.one().resolve("etc/hosts"), "changed");
    TreeSnapshot before = one();
    assertThatThrownBy(() -> machine.deployTo(full, machine.one()))
        .isInstanceOf(ConflictException.class);
    assertThat(before.difference(one())).isEmpty();
  }

  @Test
  void updatesADirectoryInPlace() throws IOException {
    machine.deployTo(full, machine.one());
    assertUpdated(machine.one());
  }

  @Test
  void anotherMasterIsRefusedUnlessNobodyLooks() throws IOException {
    Files.writeString(machine.one().resolve("etc/flash/master"), "timon");
    assertThatThrownBy(() -> machine.deploy(full, "two"))
        .hasMessage("Clone master differs from archive master (\"timon\" ws \"pumbaa\")");
    Files.delete(machine.one().resolve("etc/flash/master"));
    assertThatThrownBy(() -> machine.deploy(full, "two"))
        .hasMessage("Clone master differs from archive master (\"none\" ws \"pumbaa\")");
    machine.with(Machine.skipping(Check.ARCHITECTURE, Check.MASTER)).deploy(full, "two");
    assertThat(machine.tree("two").resolve("etc/flash/master")).hasContent("pumbaa");
  }

  @Test
  void withoutAManifestItGoesOnWithAWarning() throws IOException {
    machine.deploy(bare, "two");
    assertThat(machine.warnings).contains("Manifest section not found: the clone was not checked");
    assertThat(machine.tree("two").resolve("opt/new/file")).exists();
  }

  @Test
  void withoutACheckTheListOfTheArchiveSaysWhatGoes() throws IOException {
    TestArchive archive =
        TestArchive.differential()
            .data(
                "predeployment",
                ".deleted",
                "/usr/lib\0/usr/lib/old.so\0/usr/bin/none\0/opt/app\0");
    archive.files().file("etc/motd", "new");
    Files.delete(machine.one().resolve("opt/app/zero"));
    Files.writeString(machine.one().resolve("opt/app/mine"), "mine");
    DeploymentReport report = machine.deploy(archive.write(top.resolve("a.flar")), "two");
    assertThat(report.removed()).containsExactly("/usr/lib", "/usr/lib/old.so");
    assertThat(machine.tree("two").resolve("opt/app/mine")).hasContent("mine");
  }

  @Test
  void aManifestThatPointsThroughALinkDeletesNothingBehindIt() throws IOException {
    Path victim = Files.createDirectory(top.resolve("victim"));
    Files.writeString(victim.resolve("old.so"), "mine");
    Files.delete(machine.one().resolve("usr/lib/old.so"));
    Files.delete(machine.one().resolve("usr/lib"));
    Files.createSymbolicLink(machine.one().resolve("usr/lib"), victim);
    assertThatThrownBy(() -> machine.deploy(full, "two"))
        .isInstanceOfSatisfying(
            ConflictException.class,
            refusal -> assertThat(refusal.detail()).contains("Modified files detected: /usr/lib"));
    assertThat(victim.resolve("old.so")).hasContent("mine");
  }

  @Test
  void aManifestThatDoesAwayWithTheRootIsRefused() throws IOException {
    for (String line : new String[] {"/\tO\t=>140000\t00000000\t00000000\td", "/\tN"}) {
      Path archive = TestArchive.differential(line, "\\d/").write(top.resolve("root.flar"));
      TreeSnapshot before = one();
      assertThatThrownBy(() -> machine.deployTo(archive, machine.one()))
          .hasMessageContaining("has an entry for '/'");
      assertThat(before.difference(one())).isEmpty();
    }
  }

  @Test
  void aListOfDeletedPathsCannotLeaveTheClone() throws IOException {
    Files.writeString(top.resolve("victim"), "mine");
    Files.createSymbolicLink(machine.one().resolve("door"), top);
    for (String path : new String[] {"../../../victim", "door/victim"}) {
      TestArchive archive =
          TestArchive.differential().data("predeployment", ".deleted", path + "\0");
      Path file = archive.write(top.resolve("deleted.flar"));
      assertThatThrownBy(() -> machine.deploy(file, "two"))
          .isInstanceOf(EmblemaException.class)
          .hasMessageContaining("victim");
      assertThat(top.resolve("victim")).hasContent("mine");
      assertThat(machine.trees()).containsExactly("one");
    }
    Path all =
        TestArchive.differential()
            .data("predeployment", ".deleted", "/\0")
            .write(top.resolve("all.flar"));
    machine.deploy(all, "two");
    assertThat(machine.tree("two").resolve("etc/motd")).exists();
  }

  @Test
  void theClonesOwnListOfExclusionsIsHeeded() throws IOException {
    Files.writeString(machine.one().resolve("etc/hosts"), "changed");
    Files.writeString(machine.one().resolve("etc/extra"), "new");
    assertThatThrownBy(() -> machine.deploy(full, "two")).isInstanceOf(ConflictException.class);
    Files.createDirectories(machine.one().resolve("usr/lib/flash"));
    Files.writeString(
        machine.one().resolve("usr/lib/flash/flash_exclusion_list"),
        "# ours\n/etc/hosts\n/etc/ext*\n/usr/lib/flash\n");
    machine.deploy(full, "two");
    assertThat(machine.tree("two").resolve("etc/hosts")).hasContent("changed");
  }

  @Test
  void aCloneWhoseHostFilesWereResetIsStillAClone() throws IOException {
    TestArchive master = new TestArchive();
    master.files().directory("etc").file("etc/hostname", "pumbaa").file("etc/motd", "old");
    machine.with(DeploymentOptions.USUAL);
    machine.deploy(master.write(top.resolve("master.flar")), "two");
    Files.writeString(machine.tree("two").resolve("etc/hostname"), "timon");
    machine.environments.activate("two");
    machine.environments.boot();
    TestArchive update =
        TestArchive.differential(
            "/etc\t=>140000\t00000000\t00000000\td",
            "\\d/",
            "/etc/hostname\t4:180000\t00000000\t00000000\t00:<:9;3\t6",
            "/etc/motd\tN",
            "\\d/etc");
    update.files().file("etc/motd", "new");
    machine.deploy(update.write(top.resolve("update.flar")), "three");
    assertThat(machine.tree("three").resolve("etc/hostname")).hasContent("timon");
    assertThat(machine.tree("three").resolve("etc/motd")).hasContent("new");
  }
}
