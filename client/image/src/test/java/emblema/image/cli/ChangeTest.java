package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.BootEnvironments;
import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Installs, updates and removes packages through the commands, in place and in new environments.
 */
class ChangeTest {
  private static final String DIR = " mode=0755 owner=root group=root ";
  private static final String FILE = " mode=0644 owner=root group=root ";

  @TempDir Path directory;
  private Client client = new Client(Path.of(""));
  private TestRepository repository = new TestRepository(Path.of(""));

  @BeforeEach
  void createRepository() {
    repository = TestRepository.create(directory.resolve("repo"));
    client = new Client(directory);
    publish(
        "app@1.0",
        "dir path=opt/app" + DIR,
        "dir path=opt/app/logs" + DIR,
        "file one path=opt/app/bin" + FILE,
        "file conf1 path=opt/app/app.conf preserve=renamenew" + FILE,
        "license free license=Free");
    publish(
        "app@2.0",
        "dir path=opt/app" + DIR,
        "link path=opt/app/logs target=../share/app/logs",
        "dir path=opt/.migrate/app/logs reboot-needed=true salvage-from=/opt/app/logs" + DIR,
        "file two path=opt/app/bin" + FILE,
        "file conf2 path=opt/app/app.conf preserve=renamenew" + FILE,
        "license free license=Free");
  }

  private void publish(String name, String... lines) {
    repository.publish(name, lines);
  }

  private DirectoryEnvironments environments() {
    return DirectoryEnvironments.open(directory.resolve("machine"), setting());
  }

  private static DirectoryEnvironments.Setting setting() {
    return new DirectoryEnvironments.Setting(
        Clock.fixed(Client.NOW, ZoneOffset.UTC),
        () -> "uuid",
        FileLock.Owner.of("test", "host"),
        Durability.NONE);
  }

  /** Makes a machine whose running environment {@code be-1} is an image. */
  private Path createMachine() throws IOException {
    Files.createDirectory(directory.resolve("machine"));
    Path root;
    try (DirectoryEnvironments all =
        DirectoryEnvironments.create(
            DirectoryEnvironments.disk(directory.resolve("machine")), "be-1", setting())) {
      root = all.current().orElseThrow().root();
    }
    ok("image-create", "-F", "-f", "-p", "test=file://repo", root.toString());
    return root;
  }

  private String ok(String... arguments) {
    Client.Run run = client.run(arguments);
    assertThat(run.status()).as(String.join(" ", arguments) + "\n" + run.err()).isZero();
    return run.out();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  @Test
  void installsUpdatesAndRemovesInPlace() throws IOException {
    ok("image-create", "-F", "-p", "test=file://repo", "img");
    Path root = directory.resolve("img");
    assertThat(ok("-R", "img", "install", "app@1")).isEqualTo("Packages to install: 1\n\n");
    assertThat(read(root.resolve("opt/app/bin"))).isEqualTo("one");
    Files.writeString(root.resolve("opt/app/app.conf"), "mine");
    Files.writeString(root.resolve("opt/app/logs/today"), "log");
    assertThat(client.run("-R", "img", "install", "app@1").out())
        .isEqualTo("No updates necessary for this image.\n");
    assertThat(client.run("-R", "img", "install", "app@1").status()).isEqualTo(4);
    assertThat(client.run("-R", "img", "update", "-n").status()).isZero();
    assertThat(read(root.resolve("opt/app/bin"))).isEqualTo("one");

    assertThat(ok("-R", "img", "update", "-v"))
        .contains("app\n    1.0 -> 2.0\n", "    opt/app/app.conf.new\n");
    assertThat(read(root.resolve("opt/app/bin"))).isEqualTo("two");
    assertThat(read(root.resolve("opt/app/app.conf"))).isEqualTo("mine");
    assertThat(read(root.resolve("opt/app/app.conf.new"))).isEqualTo("conf2");
    assertThat(read(root.resolve("opt/.migrate/app/logs/today"))).isEqualTo("log");
    assertThat(Files.readSymbolicLink(root.resolve("opt/app/logs")))
        .hasToString("../share/app/logs");
    assertThat(ok("-R", "img", "list", "-H")).contains("app ").contains("2.0").contains("im-");

    Client.Run uninstall = client.run("-R", "img", "uninstall", "app");
    assertThat(uninstall.status()).isZero();
    assertThat(uninstall.err())
        .contains("opt/app/app.conf -> var/pkg/lost+found/opt/app/app.conf-");
    assertThat(root.resolve("opt/app/bin")).doesNotExist();
    assertThat(client.run("-R", "img", "list").status()).isEqualTo(1);
    assertThat(client.run("-R", "img", "update").out())
        .isEqualTo("No updates available for this image.\n");
  }

  @Test
  void updatesInANewEnvironmentThatIsActivatedLast() throws IOException {
    Path old = createMachine();
    ok("-R", old.toString(), "install", "app@1");
    Files.writeString(old.resolve("opt/app/logs/today"), "log");
    String before = snapshot(old);

    String out = ok("-R", old.toString(), "update", "-v");
    assertThat(out)
        .containsPattern("Create boot environment: +Yes\n")
        .containsPattern("Name of boot environment: +be-2\n")
        .contains("A clone of be-1 exists and has been updated and activated.\n");
    assertThat(snapshot(old)).isEqualTo(before);
    try (DirectoryEnvironments all = environments()) {
      assertThat(all.current().orElseThrow().name()).isEqualTo("be-1");
      BootEnvironment next = all.next().orElseThrow();
      assertThat(next.name()).isEqualTo("be-2");
      assertThat(read(next.root().resolve("opt/app/bin"))).isEqualTo("two");
      assertThat(read(next.root().resolve("opt/.migrate/app/logs/today"))).isEqualTo("log");
      assertThat(ok("-R", next.root().toString(), "list", "-H")).contains("2.0");
    }
    assertThat(ok("-R", old.toString(), "list", "-H")).contains("1.0");
  }

  @Test
  void knowsTheRunningEnvironmentByTheLinkThatLeadsToIt() throws IOException {
    createMachine();
    Path booted = directory.resolve("machine/booted");
    ok("-R", booted.toString(), "install", "app@1");
    assertThat(ok("-R", booted.toString(), "update", "*"))
        .contains("A clone of be-1 exists and has been updated and activated.\n");
    assertThat(read(booted.resolve("opt/app/bin"))).isEqualTo("one");
    assertThat(read(directory.resolve("machine/next/opt/app/bin"))).isEqualTo("two");
  }

  @Test
  void leavesTheRunningEnvironmentAloneWhenAnUpdateFails() throws IOException {
    Path old = createMachine();
    ok("-R", old.toString(), "install", "app@1");
    String before = snapshot(old);
    ok("-R", old.toString(), "update", "-n");
    try (var files = Files.walk(directory.resolve("repo/publisher/test/file"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    Client.Run run = client.run("-R", old.toString(), "update");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("the running boot environment 'be-1' is unchanged; the unfinished 'be-2'");
    assertThat(snapshot(old)).isEqualTo(before);
    try (DirectoryEnvironments all = environments()) {
      assertThat(all.list()).hasSize(1);
      assertThat(all.next().orElseThrow().name()).isEqualTo("be-1");
    }
  }

  @Test
  void removesTheEnvironmentOfAnUpdateThatWasKilled() throws IOException {
    Path old = createMachine();
    ok("-R", old.toString(), "install", "app@1");
    String uuid;
    try (DirectoryEnvironments all = environments()) {
      for (String name : List.of("left", "mine")) {
        all.clone(new BootEnvironments.Clone("be-1", name, "", path -> true), event -> {});
      }
      uuid = all.find("left").orElseThrow().uuid();
    }
    Files.writeString(old.resolve("var/pkg/unfinished-environment"), "left\n" + uuid + "\n");
    assertThat(client.run("-R", old.toString(), "update", "-n").err())
        .contains("its unfinished boot environment 'left' has been removed");
    Files.writeString(old.resolve("var/pkg/unfinished-environment"), "mine\n\n");
    assertThat(client.run("-R", old.toString(), "update", "-n").err())
        .contains("the boot environment 'mine' may be what it left, unfinished")
        .contains("beadm destroy mine");
    assertThat(client.run("-R", old.toString(), "update", "-n").err()).doesNotContain("mine");
    try (DirectoryEnvironments all = environments()) {
      assertThat(all.find("left")).isEmpty();
      assertThat(all.find("mine")).isPresent();
    }
    ok("-R", old.toString(), "update", "--be-name", "new");
    assertThat(old.resolve("var/pkg/unfinished-environment")).doesNotExist();
    assertThat(directory.resolve("machine/next/var/pkg/unfinished-environment")).doesNotExist();
  }

  @Test
  void doesAsTheOptionsForEnvironmentsSay() throws IOException {
    Path old = createMachine();
    ok("-R", old.toString(), "install", "app@1");
    Client.Run denied = client.run("-R", old.toString(), "update", "--deny-new-be");
    assertThat(denied.status()).isEqualTo(5);
    assertThat(
            client.run("-R", old.toString(), "update", "--deny-new-be", "--be-name", "x").status())
        .isEqualTo(2);
    String out = ok("-R", old.toString(), "update", "--be-name", "mine", "--no-be-activate");
    assertThat(out).contains("beadm activate mine");
    try (DirectoryEnvironments all = environments()) {
      assertThat(all.next().orElseThrow().name()).isEqualTo("be-1");
      assertThat(all.find("mine")).isPresent();
    }
    publish("other@1.0", "file a path=opt/a" + FILE);
    publish("other@2.0", "file b path=opt/a" + FILE);
    ok("-R", old.toString(), "refresh");
    ok("-R", old.toString(), "install", "other@1");
    assertThat(ok("-R", old.toString(), "install", "other@2")).contains("kept as 'be-1-backup-1'");
    assertThat(read(old.resolve("opt/a"))).isEqualTo("b");
    try (DirectoryEnvironments all = environments()) {
      Path backup = all.find("be-1-backup-1").orElseThrow().root();
      assertThat(read(backup.resolve("opt/a"))).isEqualTo("a");
    }
  }

  @Test
  void wantsLicencesToBeAccepted() {
    publish("eula@1.0", "license text license=EULA must-accept=true must-display=true");
    ok("image-create", "-F", "-p", "test=file://repo", "img");
    Client.Run refused = client.run("-R", "img", "install", "eula");
    assertThat(refused.status()).isEqualTo(6);
    assertThat(refused.out()).contains("License: EULA\n\ntext\n");
    assertThat(client.run("-R", "img", "list").status()).isEqualTo(1);
    ok("-R", "img", "install", "--accept", "eula");
    ok("-R", "img", "list");
  }

  @Test
  void explainsWhatCannotBe() {
    publish("needy@1.0", "depend type=require fmri=nothere@1.0");
    publish("x@1.0", "depend type=exclude fmri=app");
    ok("image-create", "-F", "-p", "test=file://repo", "img");
    Client.Run needy = client.run("-R", "img", "install", "needy");
    assertThat(needy.status()).isEqualTo(1);
    assertThat(needy.err())
        .contains("no matching version of 'needy' can be installed")
        .contains("No version for 'require' dependency on nothere@1.0 can be found");
    Client.Run both = client.run("-R", "img", "install", "x", "app");
    assertThat(both.status()).isEqualTo(9);
    assertThat(both.err()).contains("x@1.0 excludes app");
    assertThat(client.run("-R", "img", "install", "nosuch").status()).isEqualTo(1);
    assertThat(client.run("-R", "img", "history").status()).isNotEqualTo(99);
  }

  /** Everything but the image's own data, which plans, locks and histories go to. */
  private static String snapshot(Path root) throws IOException {
    StringBuilder text = new StringBuilder();
    try (var walk = Files.walk(root)) {
      List<Path> paths = walk.sorted().toList();
      for (Path path : paths) {
        String name = root.relativize(path).toString();
        if (!name.startsWith("var/pkg")) {
          text.append(name)
              .append(' ')
              .append(Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS))
              .append(Files.isRegularFile(path) ? Files.readString(path) : "")
              .append('\n');
        }
      }
    }
    return text.toString();
  }
}
