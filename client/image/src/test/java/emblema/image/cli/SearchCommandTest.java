package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchCommandTest {
  @TempDir static Path directory;
  private static Client client = new Client(Path.of(""));

  @BeforeAll
  static void createImages() throws IOException {
    Client.copy(GoldenSessionTest.golden("repo"), directory.resolve("repo"));
    Client.copy(GoldenSessionTest.golden("img-omnios-v4"), directory.resolve("img-omnios-v4"));
    client = new Client(directory);
    assertThat(client.run("image-create", "-p", "alpha.example=file://repo", "new").status())
        .isZero();
    assertThat(client.run("-R", "new", "set-publisher", "-p", "file://repo").status()).isZero();
  }

  private static Client.Run search(String... words) {
    List<String> all = new ArrayList<>(List.of("-R", "new", "search"));
    all.addAll(List.of(words));
    return client.run(all.toArray(String[]::new));
  }

  /** Status and output are the reference's; the order within one word is ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "029-search-r",
        "030-search-r-path",
        "031-search-r-field",
        "032-search-r-bool",
        "033-search-r-phrase",
        "034-search-r-p",
        "035-search-r-o",
        "036-search-r-dep",
        "037-search-I",
        "038-search-none",
        "039-search-bad"
      })
  void answersAsTheReference(String step) throws IOException {
    replay("sessions/" + step + ".txt", "new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"145-search-l-before", "147-search-l", "148-search-l2"})
  void searchesTheGoldenImageAsTheReference(String step) throws IOException {
    replay("sessions/img/" + step + ".txt", "img-omnios-v4");
  }

  private static void replay(String step, String image) throws IOException {
    String text = Files.readString(GoldenSessionTest.golden(step));
    List<String> words =
        GoldenSessionTest.words(
            text.lines()
                .findFirst()
                .orElseThrow()
                .replace("$ pkg ", "")
                .replace("img-omnios-v4", image));
    Client.Run run = client.run(words.toArray(String[]::new));
    String expected = text.substring(text.indexOf("=== stdout\n") + 11, text.indexOf("=== stderr"));
    assertThat(run.out().lines().limit(1).toList()).isEqualTo(expected.lines().limit(1).toList());
    assertThat(run.out().lines().sorted().toList())
        .as(run.err())
        .isEqualTo(expected.lines().sorted().toList());
    assertThat(text).contains("=== rc " + run.status() + "\n");
    assertThat(run.err())
        .isEqualTo(
            text.substring(text.indexOf("=== stderr\n") + 11).replace("pkg: ", "pkg search: "));
  }

  @Test
  void findsInBothPlacesAndInNamedRepositories() {
    Client.Run both = search("-lr", "pkg.summary:Core");
    assertThat(both.status()).as(both.err()).isZero();
    Client.Run named = search("-s", "file://repo", "-H", "-o", "pkg.fmri", "basename:app");
    assertThat(named.out())
        .contains("pkg://alpha.example/tools/app@1.0,5.11-0.1:20250101T000011Z\n")
        .contains("pkg://beta.example/tools/app@3.0,5.11-0.1:20250401T000000Z\n");
  }

  @Test
  void leavesOutWhatIsOlderThanInstalledUnlessAskedFor() {
    assertThat(client.run("image-create", "-p", "alpha.example=file://repo", "pruned").status())
        .isZero();
    Client.Run install = client.run("-R", "pruned", "install", "lang/ruby-19");
    assertThat(install.status()).as(install.err()).isZero();
    assertThat(client.run("-R", "pruned", "install", "base/core@1.1").status()).isZero();
    assertThat(client.run("-R", "pruned", "search", "-p", "core").out())
        .contains("core@1.1-")
        .doesNotContain("core@1.0-");
    assertThat(client.run("-R", "pruned", "search", "-pf", "core").out()).contains("core@1.0-");
    assertThat(client.run("-R", "pruned", "search", "-l", "ruby19").status()).isZero();
    assertThat(client.run("-R", "pruned", "search", "-l", "ruby18").status()).isEqualTo(1);
    assertThat(client.run("-R", "pruned", "uninstall", "lang/ruby-19").status()).isZero();
    assertThat(client.run("-R", "pruned", "search", "-l", "ruby19").status()).isEqualTo(1);
    assertThat(client.run("-R", "pruned", "rebuild-index").status()).isZero();
  }

  @Test
  void aRepositoryThatDoesNotAnswerIsNamedAndTheOthersCount() {
    Client.Run run = search("-s", "file://repo", "-s", "file://nowhere", "-p", "core");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).contains("base/core@1.0");
    assertThat(run.err()).contains("some repositories could not be searched").contains("nowhere");
    assertThat(search("-s", "file://nowhere", "core").status()).isEqualTo(1);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(search("-a", "-p", "x").status()).isEqualTo(2);
    assertThat(search().status()).isEqualTo(2);
    assertThat(search("-o", "action.nonsense", "x").status()).isEqualTo(2);
    assertThat(search("x AND <y>").err()).contains("This expression produces action results:");
  }
}
