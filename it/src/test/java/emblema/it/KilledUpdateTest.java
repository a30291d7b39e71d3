package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeCopy;
import emblema.core.io.TreeRemoval;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real {@code pkg update}, killed with SIGKILL at random moments, six times by default, more
 * with {@code -Dtests.kills=N}: the next command brings the image back and the next update
 * completes.
 */
class KilledUpdateTest {
  private static final int FILES = 400;
  private static final SafePath MACHINE = new SafePath("machine");
  private static final SafePath COPY = new SafePath("copy");

  @TempDir Path top;

  @Test
  void aKilledUpdateIsTakenBackAndTheNextOneCompletes() throws Exception {
    Random random = new Random(Seed.next());
    prepare();
    long whole = 0;
    for (int i = 0; i <= Integer.getInteger("tests.kills", 3); i++) {
      copyMachine();
      long begun = System.nanoTime();
      Process update = start("emblema.image.cli.Pkg", "-R", "copy", "update");
      if (i == 0) {
        assertThat(update.waitFor()).isZero();
        whole = System.nanoTime() - begun;
      } else {
        boolean ended = update.waitFor(random.nextLong(whole), TimeUnit.NANOSECONDS);
        update.destroyForcibly().waitFor();
        assertThat(start("emblema.image.cli.Pkg", "-R", "copy", "update").waitFor())
            .as("update after a kill (ended before: " + ended + ")")
            .isIn(0, 4);
      }
      check();
    }
  }

  @Test
  void aKilledUpdateInANewEnvironmentLeavesTheOldOneAndTheNextOneCompletes() throws Exception {
    Random random = new Random(Seed.next());
    prepare();
    Files.createDirectory(top.resolve("machines"));
    done("emblema.bootenv.cli.Beadm", "-r", "machines", "init", "one");
    try (Disk disk = RealDisk.open(top)) {
      SafePath tree = new SafePath("machines/be/one");
      TreeRemoval.remove(disk, tree);
      TreeCopy.copy(disk, MACHINE, tree, TreeCopy.Policy.COPY, EventSink.QUIET);
    }
    long whole = 0;
    for (int i = 0; i <= Integer.getInteger("tests.kills", 2); i++) {
      String name = "e" + i;
      String[] update = {
        "-R", "machines/be/one", "update", "--no-be-activate", "--require-new-be", "--be-name", name
      };
      long begun = System.nanoTime();
      Process first = start("emblema.image.cli.Pkg", update);
      if (i == 0) {
        assertThat(first.waitFor()).isZero();
        whole = System.nanoTime() - begun;
      } else {
        first.waitFor(random.nextLong(whole), TimeUnit.NANOSECONDS);
        first.destroyForcibly().waitFor();
        assertThat(top.resolve("machines/be/one/opt/app/0")).hasContent("release 1 of 0");
        int status = start("emblema.image.cli.Pkg", update).waitFor();
        if (status != 0) { // It was killed when it was done, or before it could say what it made.
          update[update.length - 1] = name + "again";
          assertThat(start("emblema.image.cli.Pkg", update).waitFor()).isZero();
          name = update[update.length - 1];
        }
      }
      assertThat(top.resolve("machines/be/one/var/pkg/unfinished-environment")).doesNotExist();
      for (int f = 0; f < FILES; f += 40) {
        assertThat(top.resolve("machines/be/" + name + "/opt/app/" + f))
            .hasContent("release 2 of " + f);
      }
      done("emblema.image.cli.Pkg", "-R", "machines/be/" + name, "verify");
    }
  }

  private void check() throws Exception {
    assertThat(start("emblema.image.cli.Pkg", "-R", "copy", "verify").waitFor()).isZero();
    for (int f = 0; f < FILES; f++) {
      assertThat(top.resolve("copy/opt/app/" + f)).hasContent("release 2 of " + f);
    }
    assertThat(top.resolve("copy/opt/app/note")).hasContent("mine");
    assertThat(top.resolve("copy/etc/app.conf")).hasContent("edited");
    assertThat(top.resolve("copy/var/pkg/apply")).doesNotExist();
  }

  private void prepare() throws Exception {
    for (int release = 1; release <= 2; release++) {
      for (int f = 0; f < FILES; f++) {
        write(release + "/opt/app/" + f, "release " + release + " of " + f);
      }
      write(release + "/etc/app.conf", "default of " + release);
    }
    done("emblema.publisher.cli.PkgrepoMain", "create", "repository");
    done(
        "emblema.publisher.cli.PkgmasterMain",
        "baseline",
        "-R",
        "1",
        "-s",
        "repository",
        "--publisher",
        "vendor",
        "--release",
        "1",
        "--no-cache",
        "--single",
        "vendor/app");
    done(
        "emblema.image.cli.Pkg",
        "image-create",
        "-F",
        "-p",
        "vendor=file://" + top.resolve("repository"),
        "machine");
    done("emblema.image.cli.Pkg", "-R", "machine", "install", "*");
    write("machine/opt/app/note", "mine");
    write("machine/etc/app.conf", "edited");
    done(
        "emblema.publisher.cli.PkgmasterMain",
        "publish",
        "-A",
        "1",
        "-R",
        "2",
        "-s",
        "repository",
        "--publisher",
        "vendor",
        "--release",
        "2",
        "--no-cache",
        "--single",
        "vendor/app");
  }

  private void copyMachine() {
    try (Disk disk = RealDisk.open(top)) {
      TreeRemoval.remove(disk, COPY);
      TreeCopy.copy(disk, MACHINE, COPY, TreeCopy.Policy.COPY, EventSink.QUIET);
    }
  }

  private void done(String main, String... arguments) throws Exception {
    assertThat(start(main, arguments).waitFor()).as(main + " " + List.of(arguments)).isZero();
  }

  private Process start(String main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(top.toFile())
        .redirectErrorStream(true)
        .redirectOutput(top.resolve("output").toFile())
        .start();
  }

  private void write(String path, String content) throws IOException {
    Path file = top.resolve(path);
    Files.createDirectories(file.resolveSibling("x").getParent());
    Files.writeString(file, content);
  }
}
