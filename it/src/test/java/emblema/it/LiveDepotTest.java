package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.image.cli.Pkg;
import emblema.it.LiveDepot.Run;
import emblema.publisher.cli.PkgrecvMain;
import emblema.publisher.cli.PkgrepoMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say of a depot that serves, and what they leave to those who sit beside it. */
class LiveDepotTest {
  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private LiveDepot depot;

  @BeforeEach
  void start() {
    depot = new LiveDepot(directory);
    depot.publish("app", 1, 3);
    depot.publish("app", 2, 3);
    depot.publish("lib", 1, 2);
  }

  @AfterEach
  void stop() {
    depot.close();
  }

  private Run pkgrepo(String subcommand, String address, String... words) {
    List<String> all = new java.util.ArrayList<>(List.of(subcommand, "-s", address));
    all.addAll(List.of(words));
    return depot.run(PkgrepoMain.program(), all.toArray(String[]::new));
  }

  /** Each tells of the depot what it tells of the repository's directory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "info",
        "info -F json",
        "list",
        "list -F tsv",
        "list -F json app",
        "list -H lib@1.0",
        "contents",
        "contents -m app@2",
        "contents -t file lib",
        "list nosuch",
        "contents nosuch",
        "get -p p.example",
      })
  void aDepotIsDescribedLikeItsDirectory(String command) {
    String[] words = command.split(" ");
    String[] rest = java.util.Arrays.copyOfRange(words, 1, words.length);
    Run remote = pkgrepo(words[0], depot.address(), rest);
    assertThat(remote).isEqualTo(pkgrepo(words[0], "repo", rest));
    assertThat(remote.out() + remote.err()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verify",
        "fix",
        "remove app",
        "remove-publisher p.example",
        "add-publisher q.example",
        "set publisher/prefix=q.example",
        "log",
        "sweep"
      })
  void whatChangesOrReadsFilesIsRefusedOverTheWire(String command) {
    String[] words = command.split(" ");
    Run run =
        pkgrepo(words[0], depot.address(), java.util.Arrays.copyOfRange(words, 1, words.length));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("network repositories are not supported for this operation")
        .contains("hint: run the command where the repository '" + depot.address());
    assertThat(pkgrepo("list", "repo", "-H").out().lines()).hasSize(3);
  }

  @Test
  void aDepotIsAskedToRefreshItself() {
    Run run = pkgrepo("refresh", depot.address());
    assertThat(run).isEqualTo(new Run(0, "Initiating repository refresh.\n", ""));
    assertThat(pkgrepo("rebuild", depot.address()).status()).isZero();
  }

  @Test
  void rulesFromStandardInputChangeEveryPackageThatIsReceived() {
    depot.succeeds(PkgrepoMain.program(), "create", "copy");
    Run run =
        depot.run(
            Map.of(),
            "<transform set name=pkg.summary -> edit value about received>\n",
            PkgrecvMain.program(),
            "-s",
            depot.address(),
            "-d",
            "copy",
            "--mog-file",
            "-",
            "-m",
            "latest",
            "app",
            "lib");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(pkgrepo("contents", "copy", "-t", "set").out())
        .contains("value=\"received app\"")
        .contains("value=\"received lib\"");
  }

  @Test
  void packagesOfAnOriginAreListedWithoutConfiguringIt() {
    depot.succeeds(Pkg.program(), "image-create", "-F", "image");
    Run list =
        depot.succeeds(Pkg.program(), "-R", "image", "list", "-H", "-af", "-g", depot.address());
    assertThat(list.out().lines()).hasSize(3).allMatch(line -> line.contains("(p.example)"));
    Run info = depot.succeeds(Pkg.program(), "-R", "image", "info", "-g", depot.address(), "app");
    assertThat(info.out()).contains("Summary: about app").contains("Version: 2.0");
    Run contents =
        depot.succeeds(
            Pkg.program(), "-R", "image", "contents", "-g", depot.address(), "-Ho", "path", "lib");
    assertThat(contents.out()).contains("opt/lib0").contains("opt/lib1").doesNotContain("app");
    assertThat(depot.run(Pkg.program(), "-R", "image", "publisher", "-H").out()).isEmpty();
  }

  @Test
  void publisherInformationConfiguresImages() throws IOException {
    String origin = depot.address();
    Files.writeString(
        directory.resolve("site.p5i"),
        """
        {"packages":[],"publishers":[{"alias":null,"name":"p.example","packages":[],
        "repositories":[{"collection_type":"core","description":null,"legal_uris":[],
        "mirrors":[],"name":"","origins":["%s"],"refresh_seconds":null,"registration_uri":"",
        "related_uris":[]}]}],"version":1}
        """
            .formatted(origin));
    depot.succeeds(Pkg.program(), "image-create", "-F", "-p", "site.p5i", "image");
    depot.succeeds(Pkg.program(), "-R", "image", "install", "lib");
    assertThat(directory.resolve("image/opt/lib0")).exists();
    depot.succeeds(
        PkgrepoMain.program(),
        "set",
        "-s",
        "repo",
        "-p",
        "p.example",
        "repository/origins=" + origin);
    depot.succeeds(Pkg.program(), "image-create", "-F", "other");
    depot.succeeds(Pkg.program(), "-R", "other", "set-publisher", "-p", origin + "p5i/0/app");
    assertThat(depot.run(Pkg.program(), "-R", "other", "publisher", "-H").out())
        .contains("p.example")
        .contains(origin);
  }
}
