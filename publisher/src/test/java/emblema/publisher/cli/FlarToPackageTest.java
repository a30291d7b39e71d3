package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flar to-pkg} (spec flash-to-ips, 3.1). */
class FlarToPackageTest {
  @TempDir Path directory;

  @BeforeEach
  void createRepository() throws IOException {
    assertThat(CommandRun.of(PkgrepoMain.program(), directory, "create", "repo").status()).isZero();
    for (String name : new String[] {"10-user-sections", "20-diff", "9a-hash-mismatch"}) {
      try (var in = FlarToPackageTest.class.getResourceAsStream("/flash/" + name + ".flar")) {
        Files.write(directory.resolve(name + ".flar"), in.readAllBytes());
      }
    }
  }

  private CommandRun toPackage(String... words) {
    String[] all = new String[words.length + 5];
    System.arraycopy(new String[] {"to-pkg", "-s", "repo", "--publisher", "p"}, 0, all, 0, 5);
    System.arraycopy(words, 0, all, 5, words.length);
    return CommandRun.of(FlarWithPackagesMain.program(), directory, all);
  }

  private String contents(String name) {
    CommandRun run =
        CommandRun.of(PkgrepoMain.program(), directory, "contents", "-m", "-s", "repo", name);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void publishesAnArchiveWithItsKeywordsAsMetadata() {
    CommandRun run = toPackage("10-user-sections.flar");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("packages run no scripts: predeployment/10check, predeployment/20save")
        .contains("section 'X-user_section_1' is left out");
    CommandRun list = CommandRun.of(PkgrepoMain.program(), directory, "list", "-s", "repo", "-H");
    assertThat(list.out()).contains("flash/").contains("20000131T221409Z");
    String manifest = contents("flash/*");
    assertThat(manifest)
        .contains("name=org.flash.creation_master value=pumbaa")
        .contains("name=x-department value=\"Internal Finance\"")
        .contains("name=org.flash.predeployment value=predeployment/10check")
        .contains("name=pkg.description")
        .contains("path=opt/app");
  }

  @Test
  void aShelfOfArchivesGoesIntoOneRepository() throws IOException {
    assertThat(toPackage("--name", "flash/one", "10-user-sections.flar").status()).isZero();
    CommandRun second = toPackage("--name", "flash/two", "10-user-sections.flar");
    assertThat(second.status()).as(second.err()).isZero();
    CommandRun again = toPackage("--name", "flash/two", "10-user-sections.flar");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("already published");
    CommandRun next =
        CommandRun.of(
            PkgmasterMain.program(),
            directory,
            ("publish -A 10-user-sections.flar -R 10-user-sections.flar --release 2 -s repo"
                    + " --publisher p --family flash/two --single flash/two")
                .split(" "));
    assertThat(next.status()).as(next.err()).isZero();
  }

  @Test
  void namesThePackageAndPlansOnly() {
    CommandRun plan =
        toPackage("--name", "site/image", "--release", "7", "-n", "10-user-sections.flar");
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("Would publish release 1.0-7").contains("site/image@1.0");
    CommandRun list = CommandRun.of(PkgrepoMain.program(), directory, "list", "-s", "repo", "-H");
    assertThat(list.out()).isEmpty();
  }

  @Test
  void refusesWhatIsNoFullArchive() throws IOException {
    Files.writeString(directory.resolve("text"), "text");
    assertThat(toPackage("text").err()).contains("'text' is no Flash archive");
    assertThat(toPackage("absent").err()).contains("'absent'");
    CommandRun differential = toPackage("20-diff.flar");
    assertThat(differential.status()).isEqualTo(1);
    assertThat(differential.err()).contains("DIFFERENTIAL");
    CommandRun damaged = toPackage("9a-hash-mismatch.flar");
    assertThat(damaged.status()).isEqualTo(1);
    assertThat(damaged.err()).contains("archive_id");
    assertThat(toPackage("--name", "a", "--split", "20-diff.flar").status()).isEqualTo(2);
  }
}
