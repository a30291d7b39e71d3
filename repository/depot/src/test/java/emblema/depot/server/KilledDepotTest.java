package emblema.depot.server;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.depot.cli.DepotProcess;
import emblema.store.file.FileRepository;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real depot, killed with SIGKILL at random moments while four publishers are at work, three
 * times by default, more with {@code -Dtests.kills=N}: whoever was told that a package is published
 * finds it, and no other is there by half.
 */
class KilledDepotTest {
  private static final int PUBLISHERS = 4;

  @TempDir Path directory;

  @Test
  void whatWasPublishedStaysAndNothingIsThereByHalf() throws Exception {
    Random random = new Random(Seed.next());
    Path root = directory.resolve("repo");
    try (FileRepository repository = FileRepository.create(root)) {
      repository.addPublisher("p.example");
    }
    Set<String> published = new ConcurrentSkipListSet<>();
    AtomicInteger serial = new AtomicInteger();
    for (int kill = 0; kill < Integer.getInteger("tests.kills", 3); kill++) {
      try (DepotProcess depot = DepotProcess.start(root);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        assertThat(depot.port()).as(depot.lines().toString()).isPositive();
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
          work.add(threads.submit(() -> publishUntilItDies(depot.port(), serial, published)));
        }
        int before = published.size();
        while (published.size() == before) {
          Thread.sleep(5);
        }
        Thread.sleep(random.nextInt(500));
        depot.kill();
        for (Future<?> each : work) {
          each.get();
        }
      }
      assertThat(RepositoryCheck.packages(root, "p.example")).containsAll(published);
    }
    try (DepotProcess depot = DepotProcess.start(root);
        TestPublisher publisher = new TestPublisher(depot.port())) {
      published.add(publisher.publish("pkg://p.example/last@1", Map.of("last", "last")));
    }
    assertThat(RepositoryCheck.packages(root, "p.example")).containsAll(published);
    assertThat(published).hasSizeGreaterThan(1);
  }

  private static void publishUntilItDies(int port, AtomicInteger serial, Set<String> published) {
    try (TestPublisher publisher = new TestPublisher(port)) {
      while (true) {
        int n = serial.incrementAndGet();
        published.add(
            publisher.publish(
                "pkg://p.example/app" + n + "@1", Map.of("a" + n, "own " + n, "s", "shared")));
      }
    } catch (IOException e) {
      // the depot was killed
    }
  }
}
