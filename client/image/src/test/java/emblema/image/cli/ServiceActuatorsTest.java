package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services around changes of the live root: real commands, which write down how they were run. */
class ServiceActuatorsTest {
  private static final String FILE = " mode=0644 owner=root group=root ";

  @TempDir Path directory;
  private Client client = new Client(Path.of(""));
  private TestRepository repository = new TestRepository(Path.of(""));

  @BeforeEach
  void makeACommandsDirectoryAndALiveImage() throws IOException {
    client = new Client(directory, Map.of("PKG_LIVE_ROOT", directory.resolve("image").toString()));
    repository = TestRepository.create(directory.resolve("repo"));
    repository.publish("seed@1.0", "set name=pkg.summary value=seed");
    Files.createDirectory(directory.resolve("commands"));
    assertThat(client.run("image-create", "-F", "-p", "test=file://repo", "image").status())
        .isZero();
    Files.createDirectories(directory.resolve("image/run/systemd/system"));
    command("svcadm", "");
    command(
        "svcs", "case $4 in *stopped*) echo \"disabled svc:/$4\";; *) echo \"online  $4\";; esac");
    command("systemctl", "case \"$*\" in is-active*stopped*) exit 3;; esac");
  }

  private void command(String name, String then) throws IOException {
    Path file = directory.resolve("commands").resolve(name);
    Files.writeString(
        file,
        "#!/bin/sh\necho \"" + name + " $*\" >>'" + directory.resolve("log") + "'\n" + then + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Client.Run pkg(String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of("-R", "image", "-D", "actuator_cmds_dir=" + directory.resolve("commands")));
    words.addAll(List.of(arguments));
    return client.run(words.toArray(String[]::new));
  }

  /** What was run since the last time, without questions. */
  private List<String> ran() throws IOException {
    Path log = directory.resolve("log");
    if (!Files.exists(log)) {
      return List.of();
    }
    List<String> lines =
        Files.readAllLines(log).stream()
            .filter(line -> !line.contains("svcs ") && !line.contains("is-active"))
            .toList();
    Files.delete(log);
    return lines;
  }

  @Test
  void restartsAndRefreshesAfterwardsOnceEachAndOnlyWhatRuns() throws IOException {
    repository.publish(
        "web@1.0",
        "file one path=a restart_fmri=svc:/web:default refresh_fmri=systemd:daemon-reload" + FILE,
        "file two path=b restart_fmri=svc:/web:default restart_fmri=systemd:web.service" + FILE,
        "file three path=c refresh_fmri=svc:/stopped:default restart_fmri=systemd:stopped" + FILE,
        "file four path=d refresh_fmri=svc:/conf:default refresh_fmri=systemd:-x.service" + FILE);
    Client.Run run = pkg("install", "web");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ran())
        .containsExactly(
            "systemctl daemon-reload",
            "svcadm refresh svc:/conf:default",
            "svcadm restart svc:/web:default",
            "systemctl try-restart --no-block -- web.service");
    assertThat(pkg("update").status()).isEqualTo(4);
    assertThat(pkg("uninstall", "-n", "web").status()).isZero();
    assertThat(ran()).isEmpty();
  }

  @Test
  void suspendsForTheTimeOfAnUpdateAndDisablesWhatIsRemoved() throws IOException {
    for (String version : new String[] {"1.0", "2.0"}) {
      repository.publish(
          "db@" + version,
          "file "
              + version
              + " path=a suspend_fmri=svc:/db:default disable_fmri=svc:/db:default"
              + FILE,
          "file x"
              + version
              + " path=b suspend_fmri=systemd:db.service suspend_fmri=svc:/stopped:x"
              + " disable_fmri=systemd:db.service"
              + FILE);
    }
    assertThat(pkg("install", "db@1.0").status()).isZero();
    assertThat(ran()).isEmpty();
    assertThat(pkg("update", "--sync-actuators").status()).isZero();
    assertThat(ran())
        .containsExactly(
            "svcadm disable -st svc:/db:default",
            "systemctl stop -- db.service",
            "svcadm enable -st svc:/db:default",
            "systemctl start -- db.service");
    assertThat(pkg("uninstall", "db").status()).isZero();
    assertThat(ran())
        .containsExactly(
            "svcadm disable -s svc:/db:default", "systemctl disable --now -- db.service");
  }

  @Test
  void startsWhatItHadSuspendedWhenTheChangeFailsOrWasKilled() throws IOException {
    for (String version : new String[] {"1.0", "2.0"}) {
      repository.publish(
          "db@" + version, "file " + version + " path=a/b suspend_fmri=svc:/db:default" + FILE);
    }
    assertThat(pkg("install", "db@1.0").status()).isZero();
    command(
        "svcadm",
        "rm -rf '"
            + directory.resolve("image/a")
            + "'; echo >'"
            + directory.resolve("image/a")
            + "'");
    Client.Run run = pkg("update");
    assertThat(run.status()).as(run.out()).isEqualTo(1);
    assertThat(ran())
        .containsExactly("svcadm disable -st svc:/db:default", "svcadm enable -t svc:/db:default");
    assertThat(directory.resolve("image/var/pkg/suspended-services")).doesNotExist();

    Files.delete(directory.resolve("image/a"));
    Files.createDirectory(directory.resolve("image/a"));
    command("svcadm", "");
    Path note = directory.resolve("image/var/pkg/suspended-services");
    Files.writeString(note, "svc:/db:default\n");
    Client.Run next = pkg("update");
    assertThat(next.status()).as(next.err()).isZero();
    assertThat(next.err())
        .contains("an earlier operation was interrupted; the services it had stopped were started");
    assertThat(ran().getFirst()).isEqualTo("svcadm enable -t svc:/db:default");
    assertThat(note).doesNotExist();
  }

  @Test
  void aFailingOrHangingCommandDoesNotUndoTheChange() throws IOException {
    repository.publish("web@1.0", "file one path=a restart_fmri=svc:/web:default" + FILE);
    command("svcadm", "echo no such instance >&2; exit 1");
    Client.Run run = pkg("install", "web");
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("'svcadm restart svc:/web:default' failed: no such instance");

    command("svcadm", "exec tail -f /dev/null");
    repository.publish("web@2.0", "file two path=a restart_fmri=svc:/web:default" + FILE);
    Client.Run late = pkg("update", "--sync-actuators-timeout", "1");
    assertThat(late.status()).isEqualTo(8);
    assertThat(late.err()).contains("the change is made, but services did not follow in time");
    assertThat(pkg("list", "-H", "web").out()).contains("2.0");
    assertThat(pkg("install", "--sync-actuators-timeout", "0", "web").status()).isEqualTo(2);
  }

  @Test
  void leavesServicesAloneForEveryOtherImage() throws IOException {
    repository.publish("web@1.0", "file one path=a restart_fmri=svc:/web:default" + FILE);
    assertThat(client.run("image-create", "-F", "-p", "test=file://repo", "other").status())
        .isZero();
    Client.Run run =
        client.run(
            "-R",
            "other",
            "-D",
            "actuator_cmds_dir=" + directory.resolve("commands"),
            "install",
            "web");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(ran()).isEmpty();
  }
}
