package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.fmri.Fmri;
import emblema.store.archive.PackageArchive;
import emblema.store.catalog.CatalogEntry;
import emblema.store.file.FileRepository;
import emblema.testkit.RawServer;
import emblema.testkit.StaticDepot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PkgrecvTest extends ReceiveFixture {
  private static final String SIGNED =
      "pkg://alpha.example/test/signed@1.0,5.11-0.1:20250101T000058Z";

  /** Lines that do not depend on time, in any order: the reference's own differs each time. */
  private static List<String> lines(String text) {
    return text.lines()
        .filter(line -> !line.matches("(Fetching|Download|Archiving|Retrieving target).*|\\s*"))
        .sorted()
        .toList();
  }

  private void assertAsTheReference(String golden, String... arguments) throws IOException {
    String text;
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("/golden/recv/out/" + golden))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    CommandRun run = receive(arguments);
    assertThat("=== rc " + run.status()).as(run.err()).isEqualTo(text.lines().toList().get(1));
    String out = text.replaceFirst("(?s).*=== stdout\n", "").replaceFirst("(?s)=== stderr.*", "");
    assertThat(lines(run.out())).isEqualTo(lines(out));
  }

  @Test
  void saysWhatTheReferenceSays() throws IOException {
    createRepository();
    create("recv");
    assertAsTheReference("001-newest-list.txt", "-s", "repo", "--newest");
    assertAsTheReference("003-recv-latest.txt", "-s", "repo", "-d", "recv", "-m", "latest", "*");
    assertAsTheReference(
        "006-recv-r.txt", "-s", "repo", "-d", "recv", "-r", "consolidation/all-incorporation");
    assertAsTheReference("018-nomatch.txt", "-s", "repo", "-d", "recv", "nosuch");
  }

  @Test
  void republishesByteForByte() throws IOException {
    createRepository();
    try (PackageArchive source = PackageArchive.open(directory.resolve("golden.p5p"));
        FileRepository target = open("repo")) {
      for (String publisher : source.publishers()) {
        assertThat(entries(target, publisher)).isEqualTo(entries(source, publisher)).isNotEmpty();
        for (CatalogEntry entry : entries(source, publisher)) {
          assertThat(target.manifest(entry.fmri())).isEqualTo(source.manifest(entry.fmri()));
        }
      }
    }
    assertThat(verify("repo")).isEmpty();
    CommandRun again = receive("-s", "golden.p5p", "-d", "repo", "*");
    assertThat(again.status()).isZero();
    assertThat(again.out()).doesNotContain("Republish");
  }

  @Test
  void writesPlainDirectoriesThatCanBePublished() throws IOException {
    assertThat(receive("-s", "golden.p5p", "-d", "raw", "--raw", "base/core@1.0").status())
        .isZero();
    Path core = directory.resolve("raw/base%2Fcore/1.0%2C5.11-0.1%3A20250101T000001Z");
    String payload = "88997bdcb5e3bb1d53649afee69e28ba9bb03cca";
    try (Stream<Path> files = Files.list(core)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .contains("manifest", payload)
          .hasSize(15);
    }
    create("other");
    CommandRun sent =
        CommandRun.of(
            PkgsendMain.program(),
            directory,
            "-s",
            "other",
            "publish",
            "-d",
            core.toString(),
            core.resolve("manifest").toString());
    assertThat(sent.status()).as(sent.err()).isZero();
    Files.writeString(core.resolve(payload), "damaged");
    assertThat(receive("-s", "golden.p5p", "-d", "raw", "--raw", "base/core@1.0").status())
        .isZero();
    assertThat(Files.size(core.resolve(payload))).isEqualTo(24);
    assertThat(receive("-s", "golden.p5p", "-d", "z", "--raw", "-k", "solo").status()).isZero();
    Path zeros = directory.resolve("z/solo/1.0%2C5.11%3A20250401T000001Z");
    assertThat(zeros.resolve("044ef48af264fd3e304ab9e64f9656f37af763a6")).hasSize(40);
  }

  @Test
  void writesArchives() {
    assertThat(receive("-s", "golden.p5p", "-d", "new.p5p", "-a", "base/core", "solo").status())
        .isZero();
    try (PackageArchive source = PackageArchive.open(directory.resolve("golden.p5p"));
        PackageArchive copy = PackageArchive.open(directory.resolve("new.p5p"))) {
      assertThat(entries(copy, "beta.example")).hasSize(1);
      for (CatalogEntry entry : entries(copy, "alpha.example")) {
        assertThat(copy.manifest(entry.fmri())).isEqualTo(source.manifest(entry.fmri()));
      }
    }
    assertThat(receive("-s", "golden.p5p", "-d", "new.p5p", "-a", "solo").status()).isOne();
    create("from");
    assertThat(receive("-s", "new.p5p", "-d", "from", "*").status()).isZero();
    assertThat(verify("from")).isEmpty();
  }

  @Test
  void clonesARepositoryWithItsCatalogs() throws IOException {
    createRepository();
    create("clone");
    assertThat(receive("-s", "repo", "-d", "clone", "--clone").status()).isOne();
    CommandRun first = receive("-s", "repo", "-d", "clone", "--clone", "-p", "*");
    assertThat(first.status()).as(first.err()).isZero();
    assertSameCatalogs();
    Fmri gone = Fmri.parse("pkg://alpha.example/tools/extra@1.0,5.11-0.1:20250101T000059Z");
    try (FileRepository repo = open("repo")) {
      repo.remove("alpha.example", List.of(gone), CommandRun.CLOCK, event -> {});
    }
    CommandRun second = receive("-s", "repo", "-d", "clone", "--clone");
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(second.out()).contains("Packages to remove:", gone.toString());
    assertSameCatalogs();
    assertThat(verify("clone")).isEmpty();
  }

  private void assertSameCatalogs() throws IOException {
    for (String publisher : List.of("alpha.example", "beta.example")) {
      Path catalog = directory.resolve("repo/publisher/" + publisher + "/catalog");
      try (Stream<Path> files = Files.list(catalog)) {
        for (Path file : files.toList()) {
          assertThat(
                  directory
                      .resolve("clone/publisher/" + publisher + "/catalog")
                      .resolve(file.getFileName()))
              .hasSameBinaryContentAs(file);
        }
      }
    }
  }

  @Test
  void appliesRulesToEveryManifest() throws IOException {
    Files.writeString(
        directory.resolve("rules"),
        """
        <transform set name=pkg.fmri -> edit value '(pkg://).*?(/.*)' '\\1other.example\\2'>
        <transform set name=pkg.summary -> set value changed>
        """);
    create("repo");
    CommandRun run =
        receive(
            "-s", "golden.p5p", "-d", "repo", "--mog-file", "rules", "test/signed", "base/core");
    assertThat(run.status()).as(run.err()).isZero();
    try (FileRepository repository = open("repo")) {
      Fmri name = Fmri.parse(SIGNED.replace("alpha.example", "other.example"));
      assertThat(new String(repository.manifest(name), StandardCharsets.UTF_8))
          .startsWith("set name=pkg.fmri value=" + name + "\n")
          .doesNotContain("signature ");
      assertThat(entries(repository, "other.example")).hasSize(4);
    }
    assertThat(verify("repo")).isEmpty();
  }

  @Test
  void letsNoRuleBringNewContent() throws IOException {
    Files.writeString(
        directory.resolve("rules"),
        "<transform file path=opt/solo/zeros -> emit file "
            + "0c251ef2fca485fd117c165c8a20692c0f1c7220 path=x mode=0644 owner=root group=bin>\n");
    create("repo");
    CommandRun run = receive("-s", "golden.p5p", "-d", "repo", "--mog-file", "rules", "solo");
    assertThat(run.status()).isOne();
    assertThat(run.err()).contains("brings new content");
  }

  @Test
  void doesNothingOnATrial() throws IOException {
    create("repo");
    List<Path> before = tree();
    CommandRun run = receive("-nv", "-s", "golden.p5p", "-d", "repo", "*");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("Packages to add: 28", "Estimated transfer size: ");
    assertThat(receive("-n", "-s", "golden.p5p", "-d", "raw", "--raw", "*").status()).isZero();
    assertThat(tree()).isEqualTo(before);
  }

  private List<Path> tree() throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.sorted().toList();
    }
  }

  @Test
  void refusesOptionsThatContradictEachOther() {
    create("repo");
    String[][] wrong = {
      {"-d", "repo", "*"},
      {"-s", "golden.p5p", "*"},
      {"-s", "golden.p5p", "-d", "repo"},
      {"-s", "golden.p5p", "--newest", "x"},
      {"-s", "golden.p5p", "-d", "repo", "-p", "alpha.example", "x"},
      {"-s", "golden.p5p", "-d", "repo", "--clone", "x"},
      {"-s", "golden.p5p", "-d", "repo", "--clone", "-a"},
      {"-s", "golden.p5p", "-d", "repo", "--clone", "--raw"},
      {"-s", "golden.p5p", "-d", "repo", "--clone", "-c", "cache"},
      {"-s", "golden.p5p", "-d", "repo", "-a", "--raw", "x"},
      {"-s", "golden.p5p", "-d", "repo", "-m", "newest", "x"},
      {"-s", "golden.p5p", "-d", "http://127.0.0.1:1/", "-a", "x"}
    };
    for (String[] arguments : wrong) {
      assertThat(receive(arguments).status()).as(String.join(" ", arguments)).isEqualTo(2);
    }
  }

  @Test
  void receivesTheRestWhereAPatternMatchesNothing() {
    create("repo");
    CommandRun run = receive("-s", "golden.p5p", "-d", "repo", "solo", "nosuch");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).contains("Republish: pkg:/solo@");
    assertThat(run.err()).contains("nosuch").doesNotContain("solo");
  }

  @Test
  void fetchesNothingTwiceThatTheCacheHas() {
    createRepository();
    try (RawServer server = new RawServer(new StaticDepot(directory.resolve("repo")))) {
      assertThat(receive("-s", server.address(), "-d", "a.p5p", "-a", "-c", "cache", "*").status())
          .isZero();
      server.forget();
      assertThat(receive("-s", server.address(), "-d", "b.p5p", "-a", "-c", "cache", "*").status())
          .isZero();
      assertThat(server.requests()).noneMatch(request -> request.target().contains("/file/"));
    }
    assertThat(directory.resolve("a.p5p")).hasSameBinaryContentAs(directory.resolve("b.p5p"));
  }
}
