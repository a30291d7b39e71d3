package emblema.depot.server;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.file.FileRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many publishers at once, to one depot and to two on the same repository; 8 of 5 packages each by
 * default, more with {@code -Dtests.packages=N}.
 */
class ManyPublishersTest {
  private static final int PUBLISHERS = 8;
  private static final int PACKAGES = Integer.getInteger("tests.packages", 5);

  @TempDir Path directory;
  private Path root = Path.of("unset");

  @BeforeEach
  void makeARepository() {
    root = directory.resolve("repo");
    try (FileRepository repository = FileRepository.create(root)) {
      repository.addPublisher("p.example");
    }
  }

  @Test
  void noPublicationIsLostAndReadersAlwaysSeeWholeCatalogs() throws Exception {
    Set<String> published = new ConcurrentSkipListSet<>();
    AtomicBoolean done = new AtomicBoolean();
    try (TestDepot one = TestDepot.of(root);
        TestDepot two = TestDepot.of(root);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < PUBLISHERS; i++) {
        int port = i % 2 == 0 ? one.port() : two.port();
        String mine = "app" + i;
        work.add(threads.submit(() -> publish(port, mine, published)));
      }
      Future<Integer> reader = threads.submit(() -> read(two.port(), done));
      for (Future<?> each : work) {
        each.get();
      }
      done.set(true);
      assertThat(reader.get()).isPositive();
      assertThat(one.log).isEmpty();
      assertThat(two.log).isEmpty();
    }
    assertThat(published).hasSize(PUBLISHERS * PACKAGES);
    assertThat(RepositoryCheck.packages(root, "p.example")).isEqualTo(new TreeSet<>(published));
    assertThat(root.resolve("publisher/p.example/trans")).isEmptyDirectory();
  }

  private static Void publish(int port, String name, Set<String> published) throws Exception {
    for (int i = 0; i < PACKAGES; i++) {
      try (TestPublisher publisher = new TestPublisher(port)) {
        published.add(
            publisher.publish(
                "pkg://p.example/" + name + "@" + (i + 1),
                Map.of("shared" + i, "shared by all " + i, name, name + " " + i)));
      }
    }
    return null;
  }

  private static int read(int port, AtomicBoolean done) throws Exception {
    int reads = 0;
    try (TestPublisher reader = new TestPublisher(port)) {
      while (!done.get()) {
        RawResponse attributes =
            reader.send("GET", "/p.example/catalog/1/catalog.attrs", new byte[0]);
        assertThat(attributes.status()).isEqualTo(200);
        assertThat(attributes.text()).startsWith("{").endsWith("\"}}\n");
        reads++;
      }
    }
    return reads;
  }
}
