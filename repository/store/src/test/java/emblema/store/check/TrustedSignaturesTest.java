package emblema.store.check;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.store.file.FileRepository;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verification of a repository says of packages that the reference signed. */
class TrustedSignaturesTest {
  private static final String ROOT = "8b/8b50a70ec3bfd65a3c370fc14ebe575cf95c1da5";

  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void copyTheGoldenRepository() throws IOException, URISyntaxException {
    Path golden = Path.of(Objects.requireNonNull(getClass().getResource("/golden/repo")).toURI());
    try (Stream<Path> all = Files.walk(golden)) {
      for (Path each : all.toList()) {
        Files.copy(each, directory.resolve("repo").resolve(golden.relativize(each).toString()));
      }
    }
  }

  private List<String> problems() {
    List<Finding> findings = new ArrayList<>();
    EventSink events =
        event -> {
          if (event instanceof Event.Warning warning) {
            warnings.add(warning.text());
          }
        };
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      long packages =
          new Verification(repository, VerificationOptions.standard().withEvents(events))
              .run(List.of("alpha.example"), findings::add);
      assertThat(packages).isPositive();
    }
    return findings.stream()
        .filter(each -> each.kind() == Finding.Kind.BAD_SIGNATURE)
        .map(String::valueOf)
        .toList();
  }

  private void anchors(boolean withTheRoot) throws IOException {
    Path anchors = Files.createDirectory(directory.resolve("anchors"));
    if (withTheRoot) {
      Path stored = directory.resolve("repo/publisher/alpha.example/file/" + ROOT);
      try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(stored))) {
        Files.copy(in, anchors.resolve("root.pem"));
      }
    }
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      repository.configure(
          repository
              .configuration()
              .with("repository", "trust-anchor-directory", List.of(anchors.toString())));
    }
  }

  @Test
  void theyAreGoodWhereTheirRootIsTrusted() throws IOException {
    anchors(true);
    assertThat(problems()).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void theyAreBadWhereItIsNot() throws IOException {
    anchors(false);
    assertThat(problems())
        .isNotEmpty()
        .allMatch(text -> text.contains("cannot be trusted: the chain"));
  }

  @Test
  void withoutAnyAnchorsOnlyTheirValuesAreChecked() throws IOException {
    assertThat(problems()).isEmpty();
    assertThat(warnings).singleElement().asString().contains("/etc/ssl/pkg/");
    Path manifest =
        directory.resolve(
            "repo/publisher/alpha.example/pkg/test%2Fsigned/1.0%2C5.11-0.1%3A20250101T000058Z");
    Files.writeString(manifest, Files.readString(manifest).replace("mode=0644", "mode=4755"));
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      assertThat(repository.rebuildCatalog("alpha.example", Clock.systemUTC(), EventSink.QUIET))
          .isPositive();
    }
    assertThat(problems()).isNotEmpty().allMatch(text -> text.contains("did not match"));
  }
}
