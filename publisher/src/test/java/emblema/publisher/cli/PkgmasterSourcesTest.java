package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code -A} may point, and the switches that compare trees. */
class PkgmasterSourcesTest {
  @TempDir Path directory;

  @BeforeEach
  void publishTheFirstRelease() throws IOException {
    write("one/opt/app/data", "data 1");
    write("one/opt/app/same", "same");
    assertThat(CommandRun.of(PkgrepoMain.program(), directory, "create", "repo").status()).isZero();
    assertThat(master("baseline", "-R", "one", "--release", "1").status()).isZero();
    write("two/opt/app/data", "data 2");
    write("two/opt/app/same", "same");
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
  }

  private CommandRun master(String... words) {
    return master(Map.of(), words);
  }

  private CommandRun master(Map<String, String> environment, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (!words[0].equals("diff")) {
      all.addAll(List.of("-s", "repo", "--publisher", "example.com"));
    }
    all.add("--no-cache");
    return CommandRun.of(
        PkgmasterMain.program(), directory, environment, all.toArray(String[]::new));
  }

  private Path environments() throws IOException {
    Path root = directory.resolve("machine");
    Files.createDirectory(root);
    DirectoryEnvironments.Setting setting =
        new DirectoryEnvironments.Setting(
            CommandRun.CLOCK, () -> "id", FileLock.Owner.of("test", "host"), Durability.NONE);
    try (DirectoryEnvironments all =
        DirectoryEnvironments.create(DirectoryEnvironments.disk(root), "old", setting)) {
      Path tree = all.find("old").orElseThrow().root();
      Files.createDirectories(tree.resolve("opt/app"));
      Files.copy(directory.resolve("one/opt/app/data"), tree.resolve("opt/app/data"));
      Files.copy(directory.resolve("one/opt/app/same"), tree.resolve("opt/app/same"));
    }
    return root;
  }

  @Test
  void theOldTreeMayBeABootEnvironment() throws IOException {
    Map<String, String> environment = Map.of("EMBLEMA_BE_ROOT", environments().toString());

    CommandRun run = master(environment, "plan", "-A", "be:old", "-R", "two", "--release", "2");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("1 content");

    CommandRun none = master(environment, "plan", "-A", "be:new", "-R", "two", "--release", "2");
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("no boot environment 'new'").contains("beadm list");
  }

  @Test
  void aBootEnvironmentNeedsARoot() {
    CommandRun run = master("diff", "-A", "be:old", "-R", "two");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("no environment root").contains("EMBLEMA_BE_ROOT");
  }

  @Test
  void theOldStateMayBeTheRepositoryAlone() {
    CommandRun run = master("publish", "-A", "repo:", "-R", "two", "--release", "2");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Published release 1.0-2");
  }

  @Test
  void trustStatDoesNotReadFilesOfEqualSizeAndTime() throws IOException {
    write("two/opt/app/data", "data X");

    assertThat(master("diff", "-A", "one", "-R", "two").status()).isEqualTo(10);
    assertThat(master("diff", "-A", "one", "-R", "two", "--trust-stat").status()).isZero();
    Files.setLastModifiedTime(
        directory.resolve("two/opt/app/data"), FileTime.fromMillis(1_700_000_001_000L));
    assertThat(master("diff", "-A", "one", "-R", "two", "--trust-stat").status()).isEqualTo(10);
  }

  @Test
  void trustStatNeedsATreeToTrust() {
    CommandRun run = master("plan", "-A", "repo:", "-R", "two", "--release", "2", "--trust-stat");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("'--trust-stat' needs an old tree");
  }

  @Test
  void diffHonoursTheSwitchForStamps() throws IOException {
    Files.write(directory.resolve("one/opt/app/a.gz"), gzip(1));
    Files.write(directory.resolve("two/opt/app/a.gz"), gzip(2));
    write("two/opt/app/data", "data 1");

    assertThat(master("diff", "-A", "one", "-R", "two").out()).contains("opt/app/a.gz");
    assertThat(master("diff", "-A", "one", "-R", "two", "--skip-cosmetic").status()).isZero();
  }

  private static byte[] gzip(int time) {
    byte[] bytes = "..........rest".getBytes(StandardCharsets.US_ASCII);
    bytes[0] = 0x1f;
    bytes[1] = (byte) 0x8b;
    bytes[4] = (byte) time;
    return bytes;
  }

  @Test
  void aDifferenceNeedsATree() {
    CommandRun run = master("diff", "-A", "repo:", "-R", "two");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("'-A' must name one");
  }

  @Test
  void printsPlansForPrograms() {
    CommandRun json =
        master("plan", "-A", "one", "-R", "two", "--release", "2", "--format", "json");
    assertThat(json.status()).as(json.err()).isZero();
    assertThat(json.out())
        .contains("\"release\": \"1.0-2\"", "\"publisher\": \"example.com\"")
        .contains("\"change\": \"content\"", "\"path\": \"opt/app/data\"")
        .contains("\"status\": \"changed\"");
    CommandRun tsv =
        master(
            "plan", "-A", "one", "-R", "two", "--release", "2", "--format", "tsv", "-o", "plandir");
    assertThat(tsv.out())
        .startsWith("WHAT\tHOW\tWHICH\n")
        .contains("change\tcontent\topt/app/data\n");
    CommandRun published =
        CommandRun.of(PkgmasterMain.program(), directory, "publish", "plandir", "--format", "tsv");
    assertThat(published.status()).as(published.err()).isZero();
    assertThat(published.out()).isEqualTo(tsv.out());
  }
}
