package emblema.store.file;

import static emblema.store.file.SampleRepository.PUBLISHER;
import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.error.LockedException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.testkit.RepositoryStructure;
import emblema.testkit.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes publish to one repository and sweep it, are killed with signal 9 at random
 * moments and started again, while packages are removed. No publication that was acknowledged is
 * lost, no package in the catalog is without content. {@code -Dtests.operations=10000} makes as
 * many publications, {@code -Dtests.stretch=40} kills less often.
 */
class ManyProcessesTest {
  private static final int OPERATIONS = Integer.getInteger("tests.operations", 40);
  private static final int PROCESSES = 3;

  /** Most publications that a process is left to make before it is killed. */
  private static final int STRETCH = Integer.getInteger("tests.stretch", 6);

  @TempDir Path directory;
  private final Random random = Seed.random();
  private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
  private final Set<String> removed = new HashSet<>();
  private int kills;

  private record Running(Process process, Thread reader, AtomicInteger done) {}

  @Test
  void losesNoPublicationAndListsNothingWithoutContent() throws Exception {
    Path root = directory.resolve("repo");
    SampleRepository.create(root);
    List<Running> running = new ArrayList<>();
    int started = 0;
    while (acknowledged.size() < OPERATIONS) {
      while (running.size() < PROCESSES) {
        running.add(start(root, "w" + started++));
      }
      // so slow a machine may be that a process needs seconds to begin
      Running next = running.remove(random.nextInt(running.size()));
      int enough = next.done().get() + 1 + random.nextInt(STRETCH);
      while (next.done().get() < enough && next.process().isAlive()) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(60));
      if (random.nextInt(3) == 0) {
        removeSome(root);
      }
      kill(next);
    }
    for (Running each : running) {
      kill(each);
    }
    Set<String> present = new TreeSet<>();
    try (FileRepository repository = FileRepository.open(root)) {
      repository.catalog(PUBLISHER).forEach(entry -> present.add(entry.fmri().stem()));
      repository.sweep(PUBLISHER, Duration.ZERO, false, InstantSource.system());
    }
    RepositoryStructure.Checked checked = RepositoryStructure.check(root);
    Set<String> expected = new TreeSet<>(acknowledged);
    expected.removeAll(removed);
    assertThat(present).containsAll(expected).doesNotContainAnyElementsOf(orNone(removed));
    System.out.println(
        "ManyProcessesTest: %d publications acknowledged, %d kills, %d removed, %d checked"
            .formatted(acknowledged.size(), kills, removed.size(), checked.packages()));
  }

  private static Set<String> orNone(Set<String> names) {
    return names.isEmpty() ? Set.of("none") : names;
  }

  private Running start(Path root, String word) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PublishLoop.class.getName(),
                root.toString(),
                word,
                "100000")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    AtomicInteger done = new AtomicInteger();
    Thread reader =
        Thread.startVirtualThread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  acknowledged.add(line);
                  done.incrementAndGet();
                }
              } catch (IOException e) {
                // the process was killed
              }
            });
    return new Running(process, reader, done);
  }

  private void kill(Running running) throws InterruptedException {
    assertThat(running.process().isAlive()).as("none ends by itself").isTrue();
    running.process().destroyForcibly().waitFor();
    running.reader().join();
    kills++;
  }

  private void removeSome(Path root) {
    try (FileRepository repository = FileRepository.open(root)) {
      List<Fmri> victims = new ArrayList<>();
      repository
          .catalog(PUBLISHER)
          .forEach(
              entry -> {
                if (acknowledged.contains(entry.fmri().stem()) && random.nextInt(5) == 0) {
                  victims.add(entry.fmri());
                }
              });
      if (!victims.isEmpty()) {
        repository.remove(PUBLISHER, victims, InstantSource.system(), EventSink.QUIET);
        victims.forEach(fmri -> removed.add(fmri.stem()));
      }
    } catch (LockedException e) {
      // a publisher was faster; another time
    }
  }
}
