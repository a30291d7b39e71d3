package emblema.flash.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.flash.deploy.DeploymentOptions.Check;
import emblema.flash.script.Script;
import emblema.testkit.TreeSnapshot;
import emblema.testkit.TreeSnapshot.Detail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullDeploymentTest {
  @TempDir Path top;
  private Machine machine;

  @BeforeEach
  void prepare() throws IOException {
    machine = new Machine(top.resolve("machine"));
    Files.writeString(machine.one().resolve("file"), "running");
  }

  @AfterEach
  void close() {
    machine.close();
  }

  private Path archive(TestArchive archive) throws IOException {
    return archive.write(top.resolve("test.flar"));
  }

  private static TestArchive small() {
    TestArchive archive = new TestArchive();
    archive.files().directory("etc").file("etc/motd", "hello").link("link", "etc");
    return archive;
  }

  @Test
  void makesANewEnvironmentFromNothing() throws IOException {
    DeploymentReport report = machine.deploy(archive(small()), "two");
    assertThat(report.objects()).isEqualTo(3);
    assertThat(machine.tree("two").resolve("etc/motd")).hasContent("hello");
    assertThat(machine.tree("two").resolve("etc/flash/master")).hasContent("pumbaa");
    assertThat(machine.tree("two").resolve("file")).doesNotExist();
    assertThat(machine.tree("two").resolve(".flash-deployment")).doesNotExist();
    assertThat(machine.environments.find("two").orElseThrow().activity()).isEqualTo("-");
    assertThat(machine.environments.find("two").orElseThrow().description())
        .isEqualTo("deployed from Flash archive test archive");
    assertThat(machine.one().resolve("file")).hasContent("running");
  }

  @Test
  void planningChangesNothing() throws IOException {
    TreeSnapshot before = TreeSnapshot.of(top.resolve("machine"), Detail.TIMES, Detail.IDENTITY);
    TestArchive archive = small().script("predeployment", "predeployment/10x", "touch /tmp/x\n");
    DeploymentPlan plan =
        machine.plan(
            archive(archive), new Target.NewEnvironment(machine.environments, "two", "", false));
    assertThat(plan.contents().orElseThrow().objects()).isEqualTo(3);
    assertThat(plan.contents().orElseThrow().scripts())
        .containsExactly(new Script("predeployment", "10x"));
    assertThat(
            before.difference(
                TreeSnapshot.of(top.resolve("machine"), Detail.TIMES, Detail.IDENTITY)))
        .isEmpty();
  }

  @Test
  void anArchiveForOtherMachinesIsRefusedUnlessNobodyLooks() throws IOException {
    Path archive = archive(small().keyword("content_architectures", "sun4u, sun4m"));
    assertThatThrownBy(() -> machine.deploy(archive, "two"))
        .hasMessage("Archive does not support this architecture (sun4u, sun4m)");
    machine.with(Machine.skipping(Check.ARCHITECTURE)).deploy(archive, "two");
    Path ours = archive(small().keyword("content_architectures", "sun4u,TEST"));
    machine.with(DeploymentOptions.USUAL).deploy(ours, "three");
    assertThat(machine.names()).containsExactlyInAnyOrder("one", "two", "three");
  }

  @Test
  void aDamagedArchiveIsRefusedBeforeAnythingIsMade() throws IOException {
    Path archive = archive(small().truncated());
    assertThatThrownBy(() -> machine.deploy(archive, "two"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("test.flar");
    assertThat(machine.trees()).containsExactly("one");
  }

  @Test
  void anIdThatDoesNotAgreeIsAWarningOrIsRefused() throws IOException {
    Path archive = archive(small().keyword("archive_id", "0".repeat(32)));
    machine.deploy(archive, "two");
    assertThat(machine.warnings)
        .containsOnlyOnce("Flash Archive IDs do not match (possible corrupt archive): test.flar");
    machine.with(Machine.strict());
    assertThatThrownBy(() -> machine.deploy(archive, "three"))
        .hasMessageContaining("its id does not agree");
    assertThat(machine.names()).doesNotContain("three");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../escape", ".flash-deployment/scripts/reboot/evil"})
  void aNameThatEscapesIsRefusedBeforeAnythingIsMade(String name) throws IOException {
    TestArchive evil = small();
    evil.files().file(name, "x");
    Path archive = archive(evil);
    assertThatThrownBy(() -> machine.deploy(archive, "two")).hasMessageContaining(name);
    assertThat(machine.trees()).containsExactly("one");
    assertThat(top.resolve("machine/escape")).doesNotExist();
  }

  @Test
  void aLinkThatIsPlantedEndsTheDeploymentAndLeavesNothing() throws IOException {
    TestArchive evil = small();
    evil.files().link("door", "../one").file("door/file", "changed");
    Path archive = archive(evil);
    assertThatThrownBy(() -> machine.deploy(archive, "two"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("door");
    assertThat(machine.one().resolve("file")).hasContent("running");
    assertThat(machine.trees()).containsExactly("one");
  }

  @Test
  void anArchiveOfARootPoolIsRefusedWithAnExplanation() throws IOException {
    Path archive = archive(small().keyword("rootpool", "rpool"));
    assertThatThrownBy(() -> machine.deploy(archive, "two")).hasMessageContaining("ZFS root pool");
    assertThat(machine.trees()).containsExactly("one");
  }

  @Test
  void anUnknownTypeIsRefused() throws IOException {
    Path archive = archive(small().keyword("type", "full"));
    assertThatThrownBy(() -> machine.deploy(archive, "two"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("Unknown archive type (full)");
  }

  @Test
  void aTakenNameAndASourceForAFullArchiveAreRefused() throws IOException {
    Path archive = archive(small());
    assertThatThrownBy(() -> machine.deploy(archive, "one"))
        .hasMessage("boot environment 'one' exists already");
    assertThatThrownBy(
            () ->
                machine.plan(
                    archive, new Target.NewEnvironment(machine.environments, "two", "one", false)))
        .hasMessageContaining("archive is FULL, a differential one is needed");
  }

  @Test
  void activationIsOnRequest() throws IOException {
    Path archive = archive(small());
    Deployment deployment = new Deployment(Set.of(), Map.of(), event -> {});
    Target target = new Target.NewEnvironment(machine.environments, "two", "", true);
    deployment.apply(deployment.plan(Machine.source(archive), target, DeploymentOptions.USUAL));
    assertThat(machine.environments.next().orElseThrow().name()).isEqualTo("two");
    assertThat(machine.environments.current().orElseThrow().name()).isEqualTo("one");
  }

  @Test
  void fillsAnEmptyDirectoryAndRefusesOneThatIsNot() throws IOException {
    Path archive = archive(small());
    Path directory = Files.createDirectory(top.resolve("target"));
    Files.createDirectory(directory.resolve("lost+found"));
    machine.deployTo(archive, directory);
    assertThat(directory.resolve("etc/motd")).hasContent("hello");
    assertThat(directory.resolve(".flash-deployment")).doesNotExist();
    assertThatThrownBy(() -> machine.deployTo(archive, directory))
        .hasMessage("'" + directory + "' is not empty");
    Files.writeString(directory.resolve("mine"), "mine");
    Files.writeString(directory.resolve("etc/motd"), "changed");
    machine.with(Machine.forcing()).deployTo(archive, directory);
    assertThat(directory.resolve("etc/motd")).hasContent("hello");
    assertThat(directory.resolve("mine")).hasContent("mine");
    assertThatThrownBy(() -> machine.deployTo(archive, top.resolve("nowhere")))
        .hasMessageContaining("nowhere");
  }

  @Test
  void aDirectoryThatAFailureLeftHalfDoneSaysSo() throws IOException {
    TestArchive evil = small();
    evil.files().link("door", "etc").file("door/file", "changed");
    Path directory = Files.createDirectory(top.resolve("target"));
    Path broken = archive(evil);
    assertThatThrownBy(() -> machine.deployTo(broken, directory)).hasMessageContaining("door");
    assertThat(directory.resolve(".flash-deployment")).isDirectory();
    Path archive = archive(small());
    assertThatThrownBy(() -> machine.deployTo(archive, directory))
        .hasMessage("a deployment into '" + directory + "' was not finished: it is not complete");
    machine.with(Machine.forcing()).deployTo(archive, directory);
    assertThat(directory.resolve(".flash-deployment")).doesNotExist();
  }

  @Test
  void theRunningSystemIsNeverOverwritten() throws IOException {
    Path archive = archive(small());
    assertThatThrownBy(() -> machine.with(Machine.forcing()).deployTo(archive, Path.of("/")))
        .hasMessage("a full archive is never deployed over the running system");
    Path differential = archive(TestArchive.differential());
    assertThatThrownBy(() -> machine.deployTo(differential, Path.of("/")))
        .hasMessage("'/' is the running system");
  }

  @Test
  void hostSpecificFilesAreResetUnlessTheMasterIsRestored() throws IOException {
    TestArchive archive = small();
    archive.files().file("etc/hostname", "pumbaa").file("etc/machine-id", "0123");
    Path file = archive(archive);
    DeploymentReport report = machine.deploy(file, "two");
    assertThat(report.reset()).contains("etc/hostname", "etc/machine-id", ".unconfigured");
    assertThat(machine.tree("two").resolve("etc/hostname")).doesNotExist();
    assertThat(machine.tree("two").resolve("etc/machine-id")).isEmptyFile();
    assertThat(machine.tree("two").resolve(".unconfigured")).exists();
    machine.with(Machine.skipping()).deploy(archive(restored()), "three");
    assertThat(machine.tree("three").resolve("etc/hostname")).hasContent("pumbaa");
    assertThat(machine.tree("three").resolve(".unconfigured")).doesNotExist();
  }

  private static TestArchive restored() {
    TestArchive archive = new TestArchive();
    archive.files().directory("etc").file("etc/hostname", "pumbaa");
    return archive;
  }
}
