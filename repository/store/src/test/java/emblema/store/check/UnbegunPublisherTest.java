package emblema.store.check;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.file.FileRepository;
import emblema.store.file.SampleRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill while a publisher is added leaves, against a catalog that was lost. */
class UnbegunPublisherTest {
  @TempDir Path directory;

  @Test
  void aPublisherThatWasBeingAddedIsNoDamageButALostCatalogIs() throws IOException {
    Path root = directory.resolve("repo");
    SampleRepository.create(root, "a@1");
    Files.createDirectories(root.resolve("publisher/new.example/tmp"));
    assertThat(kinds(root)).doesNotContain(Finding.Kind.DAMAGED_CATALOG);

    Path catalog = root.resolve("publisher/p.example/catalog");
    try (var files = Files.list(catalog)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(catalog);
    assertThat(kinds(root)).contains(Finding.Kind.DAMAGED_CATALOG);
  }

  private static List<Finding.Kind> kinds(Path root) {
    List<Finding.Kind> kinds = new ArrayList<>();
    try (FileRepository repository = SampleRepository.open(root)) {
      new Verification(repository, VerificationOptions.standard())
          .run(repository.publishers(), finding -> kinds.add(finding.kind()));
    }
    return kinds;
  }
}
