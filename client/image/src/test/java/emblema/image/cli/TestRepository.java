package emblema.image.cli;

import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.store.file.FileRepository;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** A repository of the publisher {@code test} that small packages are published into. */
final class TestRepository {
  private final Path root;
  private int published;

  TestRepository(Path root) {
    this.root = root;
  }

  static TestRepository create(Path root) {
    FileRepository.create(root).close();
    return new TestRepository(root);
  }

  /** Lines as in a manifest; a payload is its own content. */
  void publish(String name, String... lines) {
    Clock clock =
        Clock.fixed(Instant.parse("2026-11-01T00:00:00Z").plusSeconds(published++), ZoneOffset.UTC);
    try (FileRepository repository = FileRepository.open(root);
        Publication publication = repository.publish(clock)) {
      Manifest manifest = ManifestReader.read(String.join("\n", lines) + "\n", name);
      publication.add(
          Fmri.parse("pkg://test/" + name),
          manifest,
          action -> text(String.valueOf(action.payload())));
      publication.commit();
    }
  }

  private static PayloadSource text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new PayloadSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }
}
