package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.bootenv.cli.Beadm;
import emblema.flash.deploy.TestArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flar deploy} as a user types it. */
class FlarDeployTest {
  @TempDir Path directory;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(directory.resolve("machines"));
    assertThat(CommandRun.of(Beadm.program(), directory, "-r", "machines", "init", "one").status())
        .isZero();
    TestArchive archive = new TestArchive();
    archive.files().directory("etc").file("etc/motd", "hello").file("etc/hostname", "pumbaa");
    archive.write(directory.resolve("a.flar"));
  }

  private CommandRun flar(String... arguments) {
    return CommandRun.of(FlarMain.program(), directory, arguments);
  }

  @Test
  void makesAnEnvironmentAndSaysWhatIsNext() {
    CommandRun run = flar("deploy", "--be-root", "machines", "--be", "two", "a.flar");
    assertThat(run.out())
        .isEqualTo(
            """
            deployed full archive 'a.flar' to boot environment 'two'
              3 objects, 2 host-specific reset
              'beadm activate two' makes it the one that is booted next
            """);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(directory.resolve("machines/be/two/etc/motd")).hasContent("hello");
    assertThat(Files.exists(directory.resolve("machines/next/etc/motd"))).isFalse();
  }

  @Test
  void activatesOnRequestAndFindsTheEnvironmentsByTheVariable() {
    CommandRun run =
        CommandRun.of(
            FlarMain.program(),
            directory,
            Map.of("EMBLEMA_BE_ROOT", "machines"),
            "deploy",
            "--be",
            "two",
            "--activate",
            "--keep-identity",
            "a.flar");
    assertThat(run.out()).endsWith("  it is active on the next boot\n");
    assertThat(directory.resolve("machines/next/etc/hostname")).hasContent("pumbaa");
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndDoesNothing() throws IOException {
    TestArchive archive = new TestArchive().script("reboot", "reboot/99fin", "touch /tmp/never\n");
    archive.files().directory("etc");
    archive.write(directory.resolve("b.flar"));
    CommandRun run = flar("deploy", "-n", "--be-root", "machines", "--be", "two", "b.flar");
    assertThat(run.out())
        .isEqualTo(
            """
            would deploy full archive 'b.flar' to boot environment 'two'
              1 object, 4096 bytes
              has the script reboot/99fin
            """);
    assertThat(directory.resolve("machines/be/two")).doesNotExist();
  }

  @Test
  void reportsAsJson() throws IOException {
    Files.createDirectory(directory.resolve("target"));
    CommandRun run = flar("deploy", "--json", "--root", "target", "a.flar");
    assertThat(run.out())
        .contains("\"type\": \"FULL\"", "\"objects\": 3", "\"etc/hostname\"", "\"scripts\": []");
    assertThat(run.err().lines()).isNotEmpty().allMatch(line -> line.startsWith("{\"event\":"));
  }

  @Test
  void wrongCommandLinesAreRefusedWithWhatToDo() throws IOException {
    Files.createDirectory(directory.resolve("target"));
    for (String[] wrong :
        new String[][] {
          {"deploy", "a.flar"},
          {"deploy", "--be", "two"},
          {"deploy", "--be", "two", "--root", "target", "a.flar"},
          {"deploy", "--root", "target", "--from", "one", "a.flar"},
          {"deploy", "--root", "target", "--activate", "a.flar"},
          {"deploy", "--root", "target", "--unconfig-root", "none", "a.flar"},
          {"deploy", "--root", "target", "--script-timeout", "5", "a.flar"},
          {"deploy", "--root", "target", "--run-scripts", "--script-timeout", "0", "a.flar"},
          {"deploy", "--be-root", "machines", "--be", "a/b", "a.flar"},
          {"deploy", "--be-root", "machines", "--be", "two", "--from", "one", "a.flar"},
        }) {
      CommandRun run = flar(wrong);
      assertThat(run.status()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(run.err()).startsWith("flar deploy: ");
      assertThat(run.out()).isEmpty();
    }
    assertThat(directory.resolve("target")).isEmptyDirectory();
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(flar("deploy", "--root", "nowhere", "a.flar").err()).contains("nowhere");
    assertThat(flar("deploy", "--root", "machines", "none.flar").err())
        .contains("archive 'none.flar' does not exist");
    assertThat(flar("deploy", "--be-root", "nowhere", "--be", "two", "a.flar").status())
        .isEqualTo(1);
    assertThat(flar("deploy", "--be", "two", "a.flar").err()).contains("--be-root");
    assertThat(flar("deploy", "--root", "machines", "--local-customization", "no", "a.flar").err())
        .contains("no' does not exist");
  }

  @Test
  void infoShowsTheScriptsAndRunsNone() throws IOException {
    Path archive = directory.resolve("10.flar");
    try (InputStream in = getClass().getResourceAsStream("/10-user-sections.flar")) {
      Files.write(archive, in.readAllBytes());
    }
    CommandRun run = flar("info", "--scripts", "10.flar");
    assertThat(run.out())
        .isEqualTo(
            """
            predeployment/predeployment_processing
            predeployment/10check
            predeployment/20save
            postdeployment/postdeployment_processing
            postdeployment/50app
            reboot/99fin
            """);
    assertThat(run.err()).isEmpty();
    assertThat(flar("info", "--scripts", "-l", "10.flar").status()).isEqualTo(2);
    assertThat(flar("info", "--scripts", "a.flar").out()).isEmpty();
  }

  @Test
  void theSamplesDeploy() throws IOException {
    for (String name :
        new String[] {
          "01-full-cpio", "02-full-cpio-compress", "04-full-pax", "05-full-pax-X", "06-full-odc",
          "07-crc", "08-nosize-nohash", "09-v1", "10-user-sections", "11-minimal"
        }) {
      Path target = Files.createDirectory(directory.resolve(name));
      Path archive = directory.resolve(name + ".flar");
      String listed;
      try (InputStream in = getClass().getResourceAsStream("/" + name + ".flar");
          InputStream list = getClass().getResourceAsStream("/" + name + ".list.txt")) {
        Files.write(archive, in.readAllBytes());
        listed = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      }
      CommandRun run =
          flar(
              "deploy", "--no-architecture-check", "--keep-identity", "--root", name, archive + "");
      assertThat(run.status()).as(name + run.err()).isZero();
      assertThat(listed.lines()).allMatch(path -> Files.exists(target.resolve(path)));
    }
  }

  @Test
  void theBrokenSamplesDoNot() throws IOException {
    for (String name :
        new String[] {
          "90-bad-cookie", "91-bad-major-3", "93-no-ident", "94-ident-unterminated",
          "95-bad-method", "96-bad-size", "97-bad-date", "98-no-archive-section",
          "99-section-unterminated", "9b-truncated"
        }) {
      Path target = Files.createDirectory(directory.resolve(name));
      Path archive = directory.resolve(name + ".flar");
      try (InputStream in = getClass().getResourceAsStream("/" + name + ".flar")) {
        Files.write(archive, in.readAllBytes());
      }
      CommandRun run =
          flar("deploy", "--no-architecture-check", "--root", name, archive.toString());
      assertThat(run.status()).as(name).isEqualTo(1);
      assertThat(run.err()).contains(name);
      assertThat(target).isEmptyDirectory();
    }
  }
}
