package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.archive.ArchiveWriter;
import emblema.store.file.FileRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives and repositories named for one operation, and publishers learnt from files. */
class TemporaryOriginsTest {
  @TempDir Path directory;
  private Client client = new Client(Path.of(""));

  @BeforeEach
  void makeAnArchiveAndAnImage() throws IOException {
    client = new Client(directory);
    try (FileRepository repository = FileRepository.open(GoldenSessionTest.golden("repo"));
        ArchiveWriter writer = ArchiveWriter.create(directory.resolve("packages.p5p"))) {
      repository
          .catalog("alpha.example")
          .forEach(
              entry -> {
                if (entry.fmri().stem().startsWith("t")) {
                  writer.add(repository, entry.fmri());
                }
              });
      assertThat(writer.finish()).isPositive();
    }
    assertThat(client.run("image-create", "-U", "--variant", "arch=i386", "img").status()).isZero();
  }

  private Client.Run pkg(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-R", "img"));
    all.addAll(List.of(arguments));
    return client.run(all.toArray(String[]::new));
  }

  private String ok(String... arguments) {
    Client.Run run = pkg(arguments);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  private byte[] configuration() throws IOException {
    return Files.readAllBytes(directory.resolve("img/.org.opensolaris,pkg/pkg5.image"));
  }

  @Test
  void anArchiveIsEnoughToInstallFrom() {
    ok("install", "-g", "packages.p5p", "test/odd-names+x_y.z");
    assertThat(ok("list")).contains("test/odd-names+x_y.z").doesNotContain("tools/app");
    assertThat(pkg("list", "-a").out()).as("offered for once").doesNotContain("tools/newlog");
    assertThat(ok("publisher", "-F", "tsv")).contains("alpha.example\ttrue\tfalse\ttrue");
    assertThat(ok("verify", "test/odd-names+x_y.z")).doesNotContain("ERROR");
    ok("uninstall", "test/odd-names+x_y.z");
  }

  @Test
  void aTrialLeavesNothingBehind() throws IOException {
    byte[] before = configuration();
    assertThat(ok("install", "-n", "-g", "packages.p5p", "test/odd-names+x_y.z"))
        .contains("Packages to install");
    assertThat(configuration()).isEqualTo(before);
    assertThat(pkg("list", "-a").out()).doesNotContain("test/");
  }

  @Test
  void anOperationThatFailsLeavesNothingBehind() throws IOException {
    byte[] before = configuration();
    assertThat(pkg("install", "-g", "packages.p5p", "no/such").status()).isEqualTo(1);
    assertThat(configuration()).isEqualTo(before);
    assertThat(pkg("install", "-g", "none.p5p", "test/odd-names+x_y.z").err()).contains("none.p5p");
    assertThat(pkg("list", "-a").out()).doesNotContain("test/");
  }

  @Test
  void contentComesFromTheTemporarySourceEvenIfTheConfiguredOneIsGone() throws IOException {
    Client.copy(GoldenSessionTest.golden("repo"), directory.resolve("repo"));
    ok("set-publisher", "-p", "file://repo");
    Files.move(directory.resolve("repo"), directory.resolve("gone"));
    assertThat(pkg("install", "--no-refresh", "test/odd-names+x_y.z").status()).isEqualTo(1);
    ok("install", "--no-refresh", "-g", "packages.p5p", "test/odd-names+x_y.z");
    assertThat(ok("publisher")).contains("alpha.example", "repo");
    assertThat(ok("list", "-a", "--no-refresh"))
        .as("what is configured stays known")
        .contains("base/core");
  }

  @Test
  void signaturesAreCheckedThereToo() {
    Client.Run run = pkg("install", "-g", "packages.p5p", "test/signed");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("test/signed", "cannot be trusted");
    assertThat(pkg("publisher", "-F", "tsv").out()).doesNotContain("alpha.example");
  }

  @Test
  void aPublisherIsLearntFromAFile() throws IOException {
    Client.copy(GoldenSessionTest.golden("repo"), directory.resolve("repo"));
    Files.writeString(
        directory.resolve("alpha.p5i"),
        """
        {"packages": [], "publishers": [{"alias": "al", "name": "alpha.example", "packages": [],
          "repositories": [{"collection_type": "core", "origins": ["%s"]}]}], "version": 1}
        """
            .formatted(directory.resolve("repo").toUri()));
    assertThat(ok("set-publisher", "-p", "alpha.p5i"))
        .contains("Added publisher(s): alpha.example");
    assertThat(ok("publisher", "alpha.example")).contains("/repo/", "Alias: al");
    ok("install", "test/odd-names+x_y.z");
  }

  @Test
  void aFileThatSaysTooLittleChangesNothing() throws IOException {
    byte[] before = configuration();
    Files.writeString(
        directory.resolve("bare.p5i"),
        "{\"publishers\": [{\"name\": \"alpha.example\"}], \"version\": 1}");
    Files.writeString(directory.resolve("bad.p5i"), "{\"version\": 9}");
    assertThat(pkg("set-publisher", "-p", "bare.p5i").err())
        .contains("names no origin for publisher 'alpha.example'");
    assertThat(pkg("set-publisher", "-p", "bad.p5i").err()).contains("bad.p5i");
    assertThat(pkg("set-publisher", "-p", "none.p5i").err()).contains("none.p5i");
    assertThat(configuration()).isEqualTo(before);
  }
}
