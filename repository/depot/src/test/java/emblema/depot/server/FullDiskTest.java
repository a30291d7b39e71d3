package emblema.depot.server;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.file.FileRepository;
import emblema.store.transaction.Transactions;
import emblema.testkit.LoopMount;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills while packages are published to a depot; needs root for the mount. */
class FullDiskTest {
  @TempDir Path directory;

  @Test
  void refusesWhatDoesNotFitKeepsWhatItHasAndGoesOnWhenThereIsRoom() throws Exception {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root may mount a file system");
    try (LoopMount mount = LoopMount.create(directory, "ext4", 8)) {
      Path root = mount.directory().resolve("repo");
      try (FileRepository repository = FileRepository.create(root)) {
        repository.addPublisher("p.example");
      }
      Random random = new Random(7);
      Set<String> published = new TreeSet<>();
      try (TestDepot depot = TestDepot.of(root)) {
        String reason = fill(depot, random, published);
        assertThat(reason).containsIgnoringCase("space");
        assertThat(RepositoryCheck.packages(root, "p.example")).isEqualTo(published);
        assertThat(depot.get("/p.example/catalog/1/catalog.attrs").status()).isEqualTo(200);

        // what did not fit is still open, and is in the way
        Transactions open = depot.repository().transactions(InstantSource.system());
        assertThat(open.open()).hasSize(1);
        open.resume(open.open().getFirst()).abandon();
        try (TestPublisher publisher = new TestPublisher(depot.port())) {
          published.add(publisher.publish("pkg://p.example/small@1", Map.of("s", "small")));
        }
      }
      assertThat(RepositoryCheck.packages(root, "p.example")).isEqualTo(published);
    }
  }

  /** Publishes until it fails; why that was. */
  private static String fill(TestDepot depot, Random random, Set<String> published)
      throws Exception {
    for (int i = 1; i < 100; i++) {
      StringBuilder noise = new StringBuilder();
      for (int c = 0; c < 600_000; c++) {
        noise.append((char) ('!' + random.nextInt(90)));
      }
      try (TestPublisher publisher = new TestPublisher(depot.port())) {
        published.add(
            publisher.publish("pkg://p.example/noise@" + i, Map.of("n", noise.toString())));
      } catch (AssertionError e) {
        return String.valueOf(e.getMessage());
      }
    }
    throw new AssertionError("the disk did not fill");
  }
}
