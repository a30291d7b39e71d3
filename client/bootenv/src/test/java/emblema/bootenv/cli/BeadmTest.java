package emblema.bootenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.cli.Console;
import emblema.cli.Launcher;
import emblema.cli.Output;
import emblema.cli.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeadmTest {
  @TempDir Path root;
  private Path directory;
  private String input = "";
  private String out = "";
  private String err = "";
  private long second;

  /** Each run takes place a minute after the one before. */
  private int beadm(String... words) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    Console console =
        new Console(
            new Output("standard output", outBytes, false, 80, false),
            new Output("standard error", errBytes, false, 80, false),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    Instant now = Instant.parse("2026-01-02T03:04:00Z").plusSeconds(60 * second++);
    int status =
        Launcher.run(
            Beadm.program(),
            List.of(words),
            new Session.Surroundings(
                console, Map.of(), directory, Clock.fixed(now, ZoneOffset.UTC)));
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return status;
  }

  @BeforeEach
  void init() throws IOException {
    root = root.toRealPath();
    directory = root;
    assertThat(beadm("init", "one")).isZero();
    assertThat(out).isEqualTo(root + "/be/one\n");
    Files.createDirectory(root.resolve("be/one/etc"));
    Files.writeString(root.resolve("be/one/etc/conf"), "x".repeat(10_000));
  }

  @Test
  void tellsTheStoryOfAnUpdate() {
    assertThat(beadm("create", "-d", "before the update", "two")).isZero();
    assertThat(out).isEqualTo("Created successfully\n");
    assertThat(beadm("activate", "two")).isZero();
    assertThat(out).isEqualTo("Activated successfully\n");
    assertThat(beadm()).isZero();
    assertThat(out.replaceAll("\\d+\\.\\d+K", "16.00K"))
        .isEqualTo(
            """
            BE  Active Mountpoint Space  Policy Created
            one N      -          16.00K static 2026-01-02 03:04
            two R      -          16.00K static 2026-01-02 03:05
            """);
    assertThat(beadm("boot")).isZero();
    assertThat(out).isEqualTo(root + "/be/two\n");
    assertThat(beadm("list", "-H")).isZero();
    assertThat(out)
        .matches(
            "one;[0-9a-f-]{36};-;-;\\d+;static;1767323040\n"
                + "two;[0-9a-f-]{36};NR;-;\\d+;static;1767323100\n");
    assertThat(beadm("rename", "one", "old")).isZero();
    assertThat(out).isEqualTo("Renamed successfully\n");
    assertThat(beadm("destroy", "-F", "old")).isZero();
    assertThat(out).isEqualTo("Destroyed successfully\n");
    assertThat(err).isEmpty();
  }

  @Test
  void sortsAndSelects() {
    beadm("create", "a");
    beadm("create", "-e", "a", "b");
    beadm("list", "-H", "-k", "name");
    assertThat(names()).containsExactly("a", "b", "one");
    beadm("list", "-H", "-K", "date");
    assertThat(names()).containsExactly("b", "a", "one");
    beadm("list", "-H", "b");
    assertThat(names()).containsExactly("b");
    assertThat(beadm("list", "none")).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            """
            beadm list: boot environment 'none' does not exist

            hint: 'beadm list' shows those that do
            """);
    beadm("list", "-a", "b");
    assertThat(out).contains("\n   " + root + "/be/b");
  }

  private List<String> names() {
    return out.lines().map(line -> line.substring(0, line.indexOf(';'))).toList();
  }

  @Test
  void asksBeforeItDestroys() {
    beadm("create", "two");
    input = "no\n";
    assertThat(beadm("destroy", "two")).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "Are you sure you want to destroy 'two'? This action cannot be undone (y/[n]): "
                + "'two' has not been destroyed\n");
    input = "";
    assertThat(beadm("destroy", "two")).isEqualTo(1);
    input = "y\n";
    assertThat(beadm("destroy", "two")).isZero();
    assertThat(beadm("destroy", "-F", "one")).isEqualTo(1);
    assertThat(err).contains("cannot destroy boot environment 'one': it is active now");
  }

  @Test
  void mountsByNameAndUnmountsByEither() throws IOException {
    Files.createDirectory(root.resolve("mnt"));
    assertThat(beadm("mount", "one", "mnt")).isZero();
    assertThat(out).isEqualTo("Mounted successfully on: '" + root + "/mnt'\n");
    assertThat(root.resolve("mnt/etc/conf")).exists();
    assertThat(beadm("unmount", "mnt")).isZero();
    assertThat(root.resolve("mnt")).isEmptyDirectory();
    beadm("mount", "one", "mnt");
    assertThat(beadm("unmount", "-f", "one")).isZero();
    assertThat(out).isEqualTo("Unmounted successfully\n");
    assertThat(root.resolve("mnt")).isEmptyDirectory();
  }

  @Test
  void findsTheRootFromBelowOrByOption() {
    directory = root.resolve("be/one/etc");
    assertThat(beadm("list", "-H")).isZero();
    directory = Path.of("/");
    assertThat(beadm("-r", root.toString(), "list", "-H")).isZero();
    assertThat(beadm("list")).isEqualTo(1);
    assertThat(err)
        .startsWith("beadm list: no environment root at or above '/'\n\nhint: name it with");
  }

  @Test
  void refusesNonsense() {
    assertThat(beadm("create", "../evil")).isEqualTo(2);
    assertThat(err).contains("invalid boot environment name '../evil'");
    assertThat(beadm("create")).isEqualTo(2);
    assertThat(beadm("list", "-k", "name", "-K", "name")).isEqualTo(2);
    assertThat(beadm("init", "again")).isEqualTo(1);
    assertThat(err).contains("holds boot environments already");
  }
}
