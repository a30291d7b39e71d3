package emblema.store.file;

import static emblema.store.file.SampleRepository.CLOCK;
import static emblema.store.file.SampleRepository.PUBLISHER;
import static emblema.store.file.SampleRepository.packages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.StorageException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.ManifestReader;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import emblema.testkit.LoopMount;
import emblema.testkit.RepositoryStructure;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up: nothing half-done is visible, the error says so, and room helps. */
class FullDiskTest {
  @TempDir Path directory;

  private static PayloadSource noise(int seed, int size) {
    return new PayloadSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  private static void publish(FileRepository repository, String name, int seed, int size) {
    try (Publication publication = repository.publish(CLOCK)) {
      publication.add(
          Fmri.parse(name),
          ManifestReader.read("file NOHASH path=big owner=root group=bin mode=0644\n", "test"),
          action -> noise(seed, size));
      publication.commit();
    }
  }

  @Test
  void refusesWhatDoesNotFitAndKeepsWhatIsThere() throws Exception {
    try (LoopMount mount = LoopMount.create(directory, "ext4", 12)) {
      Path root = mount.directory().resolve("repo");
      SampleRepository.create(root, "a@1");
      try (FileRepository repository = FileRepository.open(root)) {
        assertThatThrownBy(() -> publish(repository, "big@1", 1, 16 << 20))
            .isInstanceOf(StorageException.class);
        assertThat(packages(repository)).containsExactly("a@1");
        RepositoryStructure.check(root);
        // full to the last block: not even a catalog fits
        Path ballast = mount.directory().resolve("ballast");
        fill(ballast);
        assertThatThrownBy(() -> publish(repository, "b@1", 2, 300_000))
            .isInstanceOf(StorageException.class);
        assertThat(packages(repository)).containsExactly("a@1");
        RepositoryStructure.check(root);
        Files.delete(ballast);
        publish(repository, "b@1", 2, 300_000);
        assertThat(packages(repository)).containsExactly("a@1", "b@1");
        repository.remove(
            PUBLISHER, SampleRepository.named(repository, "a@1"), CLOCK, EventSink.QUIET);
        RepositoryStructure.check(root);
      }
      try (var left = Files.list(root.resolve("publisher/p.example/tmp"))) {
        assertThat(left.map(path -> path.getFileName().toString())).containsOnly("lock");
      }
    }
  }

  private static void fill(Path file) {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (java.io.IOException full) {
      // as intended
    }
  }
}
