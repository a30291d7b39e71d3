package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The reference's repository, shown by our command as the reference shows it. */
class PkgrepoGoldenTest {
  private final Path goldens = path();

  private static Path path() {
    try {
      return Path.of(
          Objects.requireNonNull(PkgrepoGoldenTest.class.getResource("/golden/pkgrepo")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandRun pkgrepo(String... arguments) {
    return CommandRun.of(PkgrepoMain.program(), goldens, arguments);
  }

  /** What the reference printed to standard output. */
  private String expected(String name) throws IOException {
    String text = Files.readString(goldens.resolve("out/" + name + ".txt"), StandardCharsets.UTF_8);
    int start = text.indexOf("=== stdout\n") + "=== stdout\n".length();
    return text.substring(start, text.indexOf("=== stderr\n", start));
  }

  @Test
  void listsAllPackages() throws IOException {
    assertThat(pkgrepo("list", "-s", "repo").out()).isEqualTo(expected("055-list"));
  }

  @Test
  void listsAsJson() throws IOException {
    assertThat(pkgrepo("-s", "repo", "list", "-F", "json").out())
        .isEqualTo(expected("056-list-json"));
  }

  @Test
  void listsOnePublisherAsTsv() throws IOException {
    assertThat(pkgrepo("list", "-s", "repo", "-p", "beta.example", "-F", "tsv").out())
        .isEqualTo(expected("057-list-tsv-p"));
  }

  @Test
  void listsWhatPatternsMatch() throws IOException {
    assertThat(pkgrepo("list", "-s", "repo", "*ruby*", "base/core@latest").out())
        .isEqualTo(expected("058-list-pattern"));
  }

  @Test
  void failsWhenNothingMatches() throws IOException {
    CommandRun run = pkgrepo("list", "-s", "repo", "nosuch");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo(expected("062-list-nomatch"));
    assertThat(run.err())
        .isEqualTo(
            """
            pkgrepo list: the following pattern(s) did not match any packages:
                    nosuch
            """);
  }

  @Test
  void saysThatOnlySomePatternsMatched() {
    CommandRun run = pkgrepo("list", "-H", "-s", "repo", "nosuch", "solo");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).startsWith("beta.example  solo");
  }

  @Test
  void showsRepositoryProperties() throws IOException {
    assertThat(pkgrepo("get", "-s", "repo").out()).isEqualTo(expected("008-get"));
  }

  @Test
  void showsSomeProperties() {
    CommandRun run = pkgrepo("get", "-s", "repo", "-H", "publisher/prefix", "no/such");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEqualTo("publisher prefix alpha.example\n");
    assertThat(pkgrepo("get", "-s", "repo", "no/such").status()).isEqualTo(1);
  }

  @Test
  void tellsHowMuchEachPublisherHas() {
    assertThat(pkgrepo("info", "-s", "repo").out())
        .isEqualTo(
            """
            PUBLISHER     PACKAGES STATUS           UPDATED
            alpha.example 19       online           2026-11-20T20:43:49.190791Z
            beta.example  2        online           2026-11-20T20:43:31.976827Z
            """);
    assertThat(pkgrepo("info", "-s", "repo", "-p", "beta.example", "-F", "json").out())
        .isEqualTo(
            "[{\"packages\":\"2\",\"publisher\":\"beta.example\",\"status\":\"online\","
                + "\"updated\":\"2026-11-20T20:43:31.976827Z\"}]");
    assertThat(pkgrepo("info", "-s", "repo", "-p", "nobody").status()).isEqualTo(1);
    assertThat(pkgrepo("info", "-s", "repo", "-p", "nobody", "-p", "beta.example").status())
        .isEqualTo(3);
  }

  @Test
  void refusesBadCommandLines() {
    assertThat(pkgrepo("info").status()).isEqualTo(2);
    assertThat(pkgrepo("nonsense").status()).isEqualTo(2);
    assertThat(pkgrepo("list", "-s", "repo", "-F", "xml").status()).isEqualTo(2);
    assertThat(pkgrepo("info", "-s", "nowhere").status()).isEqualTo(1);
  }
}
