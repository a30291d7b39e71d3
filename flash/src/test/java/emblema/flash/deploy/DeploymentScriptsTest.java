package emblema.flash.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.flash.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of archives and of machines (spec flash-scripts, 1 to 4). */
class DeploymentScriptsTest {
  @TempDir Path top;
  private Machine machine;
  private Path trace;

  @BeforeEach
  void prepare() throws IOException {
    machine = new Machine(top.resolve("machine"));
    trace = top.resolve("trace");
  }

  @AfterEach
  void close() {
    machine.close();
  }

  private Path archive(TestArchive archive) throws IOException {
    return archive.write(top.resolve("test.flar"));
  }

  private String say(String word) {
    return "echo " + word + " >> '" + trace + "'\n";
  }

  private TestArchive withScripts() {
    TestArchive archive =
        new TestArchive()
            .script("predeployment", "predeployment_processing", say("pre-step"))
            .script("predeployment", "predeployment/20b", say("20b"))
            .script("predeployment", "predeployment/10a", say("10a"))
            .script("predeployment", "predeployment/.hidden", say("hidden"))
            .script("predeployment", "predeployment/sub/not", say("not"))
            .data("predeployment", "predeployment/data", "exit 1")
            .script("postdeployment", "postdeployment_processing", say("post-step"))
            .script("postdeployment", "postdeployment/50app", say("50app"))
            .script("reboot", "reboot/99fin", say("99fin"))
            .data("predeployment", "TestApplication/key", "secret");
    archive.files().directory("etc").file("etc/motd", "hello");
    return archive;
  }

  @Test
  void nothingOfTheArchiveRunsUnlessTheUserWantsIt() throws IOException {
    Path archive = archive(withScripts());
    Target target = new Target.NewEnvironment(machine.environments, "two", "", false);
    assertThat(machine.plan(archive, target).contents().orElseThrow().scripts()).hasSize(7);
    DeploymentReport report = machine.deploy(archive, "two");
    assertThat(trace).doesNotExist();
    assertThat(report.scripts()).isEmpty();
    assertThat(report.rebootScripts()).isEmpty();
    assertThat(machine.tree("two").resolve("var/lib/flash/reboot")).doesNotExist();
    assertThat(machine.warnings)
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("the archive's scripts were not run: ")
                    .contains("predeployment/10a", "postdeployment/50app", "reboot/99fin"));
  }

  @Test
  void theyRunInTheOrderOfTheirNamesAndOnlyThoseThatMay() throws IOException {
    machine.with(Machine.running()).deploy(archive(withScripts()), "two");
    assertThat(trace)
        .hasContent(String.join("\n", "pre-step", "hidden", "10a", "20b", "post-step", "50app"));
    assertThat(machine.tree("two").resolve("var/lib/flash/deployment.log"))
        .content()
        .contains("running predeployment/10a");
  }

  @Test
  void theyAreToldWhereAndWhatIsDeployed() throws IOException {
    TestArchive archive =
        new TestArchive()
            .script(
                "predeployment",
                "predeployment/1",
                "env | grep ^FLASH | sort > '"
                    + trace
                    + "'; pwd >> '"
                    + trace
                    + "'; echo $# >> '"
                    + trace
                    + "'; test -e \"$FLASH_ROOT/etc/motd\" && exit 1; "
                    + "test -d \"$FLASH_DIR/flash\" && echo saved > \"$FLASH_DIR/flash/save\"\n")
            .script(
                "postdeployment",
                "postdeployment/1",
                "cat \"$FLASH_DIR/flash/save\" > \"$FLASH_ROOT/saved\"\n");
    archive.files().file("etc/motd", "hello");
    machine.with(Machine.running()).deploy(archive(archive), "two");
    String root = machine.tree(".new-two").toString();
    String directory = root + "/.flash-deployment/scripts";
    assertThat(trace)
        .hasContent(
            String.join(
                "\n",
                "FLASHDIR=" + directory,
                "FLASH_ARCHIVE=test.flar",
                "FLASH_DATE=20260102030405",
                "FLASH_DIR=" + directory,
                "FLASH_MASTER=pumbaa",
                "FLASH_NAME=test archive",
                "FLASH_ROOT=" + root,
                "FLASH_TYPE=FULL",
                directory + "/predeployment",
                "0"));
    assertThat(machine.tree("two").resolve("saved")).hasContent("saved");
    assertThat(machine.tree("two").resolve(".flash-deployment")).doesNotExist();
  }

  @Test
  void aPredeploymentScriptThatFailsStopsBeforeAnythingIsExtracted() throws IOException {
    TestArchive archive =
        withScripts()
            .script(
                "predeployment",
                "predeployment/15check",
                "test -e \"$FLASH_ROOT/etc\" && exit 0; echo Unsupported hardware; exit 3\n");
    Path file = archive(archive);
    assertThatThrownBy(() -> machine.with(Machine.running()).deploy(file, "two"))
        .isInstanceOfSatisfying(
            ConflictException.class,
            failure -> {
              assertThat(failure)
                  .hasMessage(
                      "Error while processing custom script - predeployment/15check: exit status"
                          + " 3");
              assertThat(failure.detail().orElseThrow()).contains("Unsupported hardware");
            });
    assertThat(trace).hasContent("pre-step\nhidden\n10a");
    assertThat(machine.trees()).containsExactly("one");
  }

  @Test
  void aPostdeploymentScriptThatFailsLeavesNoEnvironment() throws IOException {
    Path file = archive(withScripts().script("postdeployment", "postdeployment/10", "exit 1\n"));
    assertThatThrownBy(() -> machine.with(Machine.running()).deploy(file, "two"))
        .hasMessageContaining("postdeployment/10: exit status 1");
    assertThat(trace).content().doesNotContain("50app");
    assertThat(machine.trees()).containsExactly("one");
  }

  @Test
  void aScriptThatTakesTooLongIsEnded() throws IOException {
    Path file =
        archive(
            new TestArchive().script("predeployment", "predeployment/1", "sleep 1000 & wait\n"));
    assertThatThrownBy(
            () -> machine.with(Machine.running(Duration.ofSeconds(1))).deploy(file, "two"))
        .hasMessageContaining("predeployment/1: it took longer than 1 s");
    assertThat(machine.trees()).containsExactly("one");
  }

  @Test
  void aScriptWithoutAnInterpreterLineIsTheShells() throws IOException {
    TestArchive archive = new TestArchive();
    archive.script("predeployment", "predeployment/first", "");
    Path local = top.resolve("local");
    Files.createDirectories(local.resolve("predeployment"));
    executable(local.resolve("predeployment/plain"), say("plain"));
    machine.with(Machine.running(false, local)).deploy(archive(archive), "two");
    assertThat(trace).hasContent("plain");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void theMachinesOwnScriptsRunFirstAndWhatTheyDoWrongIsAWarning() throws IOException {
    Path local = top.resolve("local");
    Files.createDirectories(local.resolve("predeployment"));
    Files.createDirectories(local.resolve("postdeployment"));
    executable(local.resolve("predeployment/1"), "#!/bin/sh\n" + say("local-pre") + "exit 1\n");
    executable(local.resolve("predeployment/2"), "#!/bin/sh\n" + say("never"));
    executable(local.resolve("postdeployment/1"), "#!/bin/sh\n" + say("local-post"));
    machine.with(Machine.running(true, local)).deploy(archive(withScripts()), "two");
    assertThat(trace)
        .hasContent(
            String.join(
                "\n",
                "local-pre",
                "pre-step",
                "hidden",
                "10a",
                "20b",
                "local-post",
                "post-step",
                "50app"));
    assertThat(machine.warnings).anyMatch(text -> text.contains("local predeployment/1"));
    assertThat(machine.names()).contains("two");
  }

  @Test
  void aScriptThatWritesInPlaceDoesNotReachTheClonesSource() throws IOException {
    Files.createDirectories(machine.one().resolve("opt"));
    Files.writeString(machine.one().resolve("opt/conf"), "as it was");
    Files.createDirectories(machine.one().resolve("etc/flash"));
    Files.writeString(machine.one().resolve("etc/flash/master"), "pumbaa");
    TestArchive archive =
        TestArchive.differential()
            .script(
                "postdeployment",
                "postdeployment/1",
                "echo changed > \"$FLASH_ROOT/opt/conf\"; chmod 600 \"$FLASH_ROOT/opt/conf\"\n");
    machine.with(Machine.running()).deploy(archive(archive), "two");
    assertThat(machine.tree("two").resolve("opt/conf")).hasContent("changed");
    assertThat(machine.one().resolve("opt/conf")).hasContent("as it was");
  }

  @Test
  void rebootScriptsAndTheirDataWaitForTheFirstBoot() throws IOException {
    TestArchive archive = withScripts().keyword("content_name", "../Finance 'Print'");
    archive.files().directory("etc/systemd").directory("etc/systemd/system");
    DeploymentReport report = machine.with(Machine.running()).deploy(archive(archive), "two");
    assertThat(report.rebootScripts()).isEqualTo(List.of(new Script("reboot", "99fin")));
    Path place = machine.tree("two").resolve("var/lib/flash/reboot/_.._Finance__Print_");
    assertThat(place.resolve("reboot/99fin")).isExecutable();
    assertThat(place.resolve("TestApplication/key")).hasContent("secret");
    assertThat(place.resolve("flash")).isDirectory();
    assertThat(place.resolve("predeployment")).doesNotExist();
    assertThat(place.resolve(".variables"))
        .content()
        .contains("FLASH_NAME='../Finance '\\''Print'\\'''\n", "FLASH_ROOT='/'\n");
    assertThat(machine.tree("two").resolve("etc/systemd/system/flash-reboot.service"))
        .content()
        .contains("ExecStart=/bin/sh /var/lib/flash/flash-reboot");
    assertThat(
            machine
                .tree("two")
                .resolve("etc/systemd/system/multi-user.target.wants/flash-reboot.service"))
        .isSymbolicLink();
  }

  @Test
  void aMergedUsrIsNoObstacle() throws IOException {
    TestArchive archive = withScripts();
    archive
        .files()
        .link("lib", "usr/lib")
        .directory("usr")
        .directory("usr/lib")
        .directory("usr/lib/systemd")
        .directory("usr/lib/systemd/system");
    DeploymentReport report = machine.with(Machine.running()).deploy(archive(archive), "two");
    assertThat(report.rebootScripts()).hasSize(1);
    assertThat(machine.tree("two").resolve("etc/systemd/system/flash-reboot.service")).exists();
  }

  @Test
  void aSystemWhoseVarIsALinkIsDeployedWithoutFollowingIt() throws IOException {
    TestArchive archive = new TestArchive();
    archive.files().directory("etc").file("etc/hostname", "pumbaa").link("var", top + "/elsewhere");
    Files.createDirectory(top.resolve("elsewhere"));
    machine.with(DeploymentOptions.USUAL).deploy(archive(archive), "two");
    assertThat(machine.warnings).anyMatch(text -> text.contains("exclusions' was not written"));
    assertThat(top.resolve("elsewhere")).isEmptyDirectory();
    assertThat(machine.tree("two").resolve("etc/hostname")).doesNotExist();
  }
}
