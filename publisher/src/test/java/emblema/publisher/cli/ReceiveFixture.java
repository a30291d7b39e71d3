package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.catalog.CatalogEntry;
import emblema.store.check.Finding;
import emblema.store.check.Verification;
import emblema.store.check.VerificationOptions;
import emblema.store.file.FileRepository;
import emblema.store.origin.Origin;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A directory with the reference's archive, and what tests of pkgrecv ask again and again. */
abstract class ReceiveFixture {
  @TempDir Path directory;

  @BeforeEach
  void bringTheSource() throws IOException, URISyntaxException {
    Files.copy(
        Path.of(Objects.requireNonNull(getClass().getResource("/golden/recv/golden.p5p")).toURI()),
        directory.resolve("golden.p5p"));
  }

  CommandRun receive(String... arguments) {
    return CommandRun.of(
        PkgrecvMain.program(), directory, Map.of("TMPDIR", directory.toString()), arguments);
  }

  void create(String name) {
    assertThat(CommandRun.of(PkgrepoMain.program(), directory, "create", name).status()).isZero();
  }

  /** The golden repository as a directory. */
  void createRepository() {
    create("repo");
    assertThat(receive("-s", "golden.p5p", "-d", "repo", "*").status()).isZero();
  }

  FileRepository open(String name) {
    return FileRepository.open(directory.resolve(name));
  }

  static List<CatalogEntry> entries(Origin origin, String publisher) {
    List<CatalogEntry> entries = new ArrayList<>();
    origin.catalog(publisher).forEach(entries::add);
    return entries;
  }

  List<Finding> verify(String name) {
    List<Finding> findings = new ArrayList<>();
    try (FileRepository repository = open(name)) {
      new Verification(repository, VerificationOptions.standard())
          .run(
              repository.publishers(),
              finding -> {
                if (!finding.kind().isWarning() && finding.fact(Finding.DEPENDENCY).isEmpty()) {
                  findings.add(finding);
                }
              });
    }
    return findings;
  }
}
