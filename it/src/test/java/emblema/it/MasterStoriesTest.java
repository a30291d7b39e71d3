package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.bootenv.cli.Beadm;
import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Program;
import emblema.cli.Session;
import emblema.image.cli.Pkg;
import emblema.publisher.cli.PkgmasterMain;
import emblema.publisher.cli.PkgrepoMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From master trees to machines, through the real commands: the cases of the specification's
 * section 17 (master-image-diff) that need a client.
 */
class MasterStoriesTest {
  @TempDir Path top;

  @BeforeEach
  void makeRepository() throws IOException {
    run(PkgrepoMain.program(), 0, "create", "repository");
    write("1/opt/d0/a", "a of one\n");
    write("1/opt/d0/b", "b of one\n");
    write("1/etc/app.conf", "level = info\n");
    write("1/etc/handed-over.conf", "from the vendor\n");
    write("1/usr/bin/tool", "tool of one\n");
    Files.createLink(top.resolve("1/usr/bin/other-name"), top.resolve("1/usr/bin/tool"));
    master(0, "baseline", "-R", "1", "--release", "1");
  }

  @Test
  void case19_aFileNoLongerDeliveredIsHandedOverToTheMachine() throws IOException {
    install("machine");
    write("machine/etc/handed-over.conf", "the machine's own\n");
    copyMaster("1", "2");
    write("2/opt/d0/a", "a of two\n");
    master(0, "publish", "-A", "1", "-R", "2", "--release", "2", "-x", "etc/handed-over.conf");
    pkg(0, "machine", "update");
    assertThat(top.resolve("machine/etc/handed-over.conf")).hasContent("the machine's own\n");
    assertThat(top.resolve("machine/opt/d0/a")).hasContent("a of two\n");
    pkg(0, "machine", "verify");
  }

  @Test
  void case27_aMachineThatSkippedReleasesArrivesWithAllItsOwnFiles() throws IOException {
    install("machine");
    write("machine/opt/d0/probe", "mine\n");
    write("machine/etc/app.conf", "level = debug\n");
    copyMaster("1", "2");
    Files.move(top.resolve("2/opt/d0"), top.resolve("2/opt/d1"));
    master(0, "publish", "-A", "1", "-R", "2", "--release", "2", "--max-removed", "100");
    copyMaster("2", "3");
    Files.move(top.resolve("3/opt/d1"), top.resolve("3/opt/d2"));
    master(0, "publish", "-A", "2", "-R", "3", "--release", "3", "--max-removed", "100");
    copyMaster("3", "4");
    write("4/opt/d2/a", "a of four\n");
    write("4/etc/app.conf", "level = info\nworkers = 4\n");
    master(0, "publish", "-A", "3", "-R", "4", "--release", "4");
    pkg(0, "machine", "update");
    assertThat(top.resolve("machine/opt/d2/a")).hasContent("a of four\n");
    assertThat(top.resolve("machine/opt/d2/b")).hasContent("b of one\n");
    assertThat(top.resolve("machine/opt/d2/probe")).hasContent("mine\n");
    assertThat(top.resolve("machine/var/pkg/lost+found")).isEmptyDirectory();
    assertThat(top.resolve("machine/opt/d0")).doesNotExist();
    assertThat(top.resolve("machine/opt/d1")).doesNotExist();
    assertThat(top.resolve("machine/etc/app.conf")).hasContent("level = debug\n");
    assertThat(top.resolve("machine/etc/app.conf.new")).hasContent("level = info\nworkers = 4\n");
    pkg(0, "machine", "verify");
  }

  @Test
  void hardLinksStayTogetherInANewEnvironmentAndTheOldOneStaysAsItWas() throws IOException {
    Files.createDirectory(top.resolve("be"));
    run(Beadm.program(), 0, "-r", "be", "init", "one");
    install("be/be/one");
    copyMaster("1", "2");
    write("2/opt/d0/a", "a of two\n");
    Files.delete(top.resolve("2/usr/bin/other-name"));
    Files.createLink(top.resolve("2/usr/bin/other-name"), top.resolve("2/usr/bin/tool"));
    master(0, "publish", "-A", "1", "-R", "2", "--release", "2");
    pkg(0, "be/be/one", "update", "--require-new-be", "--be-name", "two");
    pkg(0, "be/be/one", "verify");
    pkg(0, "be/be/two", "verify");
    assertThat(top.resolve("be/be/one/opt/d0/a")).hasContent("a of one\n");
    assertThat(top.resolve("be/be/two/opt/d0/a")).hasContent("a of two\n");
    assertThat(Files.getAttribute(top.resolve("be/be/two/usr/bin/tool"), "unix:ino"))
        .isEqualTo(Files.getAttribute(top.resolve("be/be/two/usr/bin/other-name"), "unix:ino"));
  }

  private void install(String machine) {
    String origin = "vendor=file://" + top.resolve("repository");
    run(Pkg.program(), 0, "image-create", "-F", "-p", origin, machine);
    pkg(0, machine, "install", "master/incorporation");
  }

  private void pkg(int status, String machine, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-R", machine));
    all.addAll(List.of(arguments));
    run(Pkg.program(), status, all.toArray(String[]::new));
  }

  private void master(int status, String command, String... arguments) {
    List<String> all =
        new ArrayList<>(List.of(command, "-s", "repository", "--publisher", "vendor"));
    all.addAll(List.of("--no-cache", "--single", "vendor/system"));
    all.addAll(List.of(arguments));
    run(PkgmasterMain.program(), status, all.toArray(String[]::new));
  }

  private void run(Program program, int status, String... arguments) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Console console =
        new Console(
            new Output("standard output", text, false, 80, false),
            new Output("standard error", text, false, 80, false));
    int actual =
        Launcher.run(
            program,
            List.of(arguments),
            new Session.Surroundings(console, Map.of(), top, Clock.systemUTC()));
    assertThat(actual).as(text.toString(StandardCharsets.UTF_8)).isEqualTo(status);
  }

  private void write(String path, String content) throws IOException {
    Path file = top.resolve(path);
    Files.createDirectories(file.resolveSibling("x").getParent());
    Files.writeString(file, content);
  }

  private void copyMaster(String from, String to) throws IOException {
    try (var paths = Files.walk(top.resolve(from))) {
      for (Path path : paths.toList()) {
        Files.copy(path, top.resolve(to).resolve(top.resolve(from).relativize(path).toString()));
      }
    }
  }
}
