package emblema.store.file;

import static emblema.store.file.SampleRepository.PUBLISHER;
import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.error.ConflictException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import emblema.testkit.Crash;
import emblema.testkit.RecordingDisk;
import emblema.testkit.RepositoryStructure;
import emblema.testkit.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of publications, some of them long under way, removals, sweeps, refreshes and
 * kills in the midst of each: what was published and not removed is there, whole, to the byte, and
 * at the end nothing else is. {@code -Dtests.operations=10000} makes a long one.
 */
class StoreHistoryTest {
  private static final int OPERATIONS = Integer.getInteger("tests.operations", 200);
  private static final int MOST_PACKAGES = 40;

  @TempDir Path directory;
  private Path root = Path.of("unset");
  private final Random random = Seed.random();
  private final Set<String> expected = new TreeSet<>();
  private final Set<String> gone = new TreeSet<>();
  private final List<Open> open = new ArrayList<>();
  private long now = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
  private int serial;
  private int crashes;
  private int published;
  private int removed;
  private long swept;

  /** A publication under way, of a process of its own. */
  private record Open(FileRepository repository, Publication publication, String name) {}

  private InstantSource clock() {
    now += 7;
    return InstantSource.fixed(Instant.ofEpochSecond(now));
  }

  /** The disk of a new process, which may die at any write. */
  private FileRepository process(boolean mortal) {
    RecordingDisk disk = new RecordingDisk(RealDisk.open(root));
    return FileRepository.open(mortal ? disk.crashBefore(1 + random.nextInt(60)) : disk);
  }

  private List<String> present() {
    try (FileRepository repository = process(false)) {
      List<String> names = new ArrayList<>();
      repository.catalog(PUBLISHER).forEach(entry -> names.add(entry.fmri().stem()));
      return names;
    }
  }

  @Test
  void losesNothingAndKeepsNothingElse() throws IOException {
    root = directory.resolve("repo");
    SampleRepository.create(root);
    for (int i = 0; i < OPERATIONS; i++) {
      Set<String> before = new TreeSet<>(expected);
      Set<String> after = operate();
      Set<String> actual = new TreeSet<>(present());
      assertThat(actual).as("after operation " + i).isIn(before, after);
      before.removeAll(actual);
      gone.addAll(before);
      assertThat(actual).as("removed for good").noneMatch(gone::contains);
      expected.clear();
      expected.addAll(actual);
      if (i % 20 == 0) {
        RepositoryStructure.check(root);
      }
    }
    open.forEach(StoreHistoryTest::abandon);
    RepositoryStructure.Checked checked = RepositoryStructure.check(root);
    assertThat(checked.packages()).isEqualTo(expected.size());
    try (FileRepository repository = process(false)) {
      repository.sweep(PUBLISHER, Duration.ZERO, false, InstantSource.system());
      repository.refreshCatalog(PUBLISHER, clock(), EventSink.QUIET);
    }
    RepositoryStructure.check(root);
    assertThat(SampleRepository.payloads(root)).isEqualTo(List.copyOf(mentioned()));
    System.out.println(
        "StoreHistoryTest: %d operations, %d published, %d removed, %d payloads swept, %d kills"
            .formatted(OPERATIONS, published, removed, swept, crashes));
    assertThat(published).isPositive();
    assertThat(crashes).isPositive();
  }

  /** The names that manifests in the store mention. */
  private Set<String> mentioned() {
    Set<String> names = new TreeSet<>();
    try (FileRepository repository = process(false)) {
      PublisherStore store = repository.publisherStore(PUBLISHER);
      PayloadNames all = PayloadNames.stored(store, stat -> true);
      new PayloadReferences(store).strike(all, Set.of());
      Set<String> stored = new TreeSet<>(all.left());
      assertThat(stored).as("left though nothing mentions it").isEmpty();
      PayloadNames again = PayloadNames.stored(store, stat -> true);
      names.addAll(again.left());
    }
    return names;
  }

  /** Does something; the packages that there may be afterwards, if it was not cut off. */
  private Set<String> operate() {
    boolean mortal = random.nextInt(3) == 0;
    Set<String> after = new TreeSet<>(expected);
    int what = random.nextInt(10);
    try {
      if (what < 3 && expected.size() < MOST_PACKAGES) {
        publish(mortal, after);
      } else if (what < 5) {
        begin(mortal);
      } else if (what < 7 && !open.isEmpty()) {
        end(after);
      } else if (what < 9 && !expected.isEmpty()) {
        remove(mortal, after);
      } else {
        sweep(mortal, after);
      }
    } catch (Crash crash) {
      crashes++;
    }
    return after;
  }

  private void publish(boolean mortal, Set<String> after) {
    String name = "n" + serial++;
    FileRepository repository = process(mortal);
    try (Publication publication = repository.publish(options())) {
      after.add(name);
      SampleRepository.add(publication, name + "@1", contents());
      publication.commit();
      published++;
    }
  }

  /** Few contents, so that packages share them, and what was removed comes again. */
  private String[] contents() {
    return random
        .ints(1 + random.nextInt(5), 0, 60)
        .mapToObj(i -> "f" + i)
        .distinct()
        .toArray(String[]::new);
  }

  private PublicationOptions options() {
    return new PublicationOptions(clock(), EventSink.QUIET, true, 1);
  }

  private void begin(boolean mortal) {
    if (open.size() > 3) {
      abandon(open.remove(random.nextInt(open.size())));
      return;
    }
    String name = "n" + serial++;
    FileRepository repository = process(mortal);
    Publication publication = repository.publish(options());
    SampleRepository.add(publication, name + "@1", contents());
    open.add(new Open(repository, publication, name));
  }

  private static void abandon(Open each) {
    try {
      each.publication().close();
    } catch (Crash crash) {
      // its process has died
    }
  }

  private void end(Set<String> after) {
    Open each = open.remove(random.nextInt(open.size()));
    after.add(each.name());
    try (Publication publication = each.publication()) {
      publication.commit();
      published++;
    } catch (ConflictException e) {
      throw new AssertionError("a publication lost what it counted on", e);
    }
  }

  private void remove(boolean mortal, Set<String> after) {
    List<Fmri> victims = new ArrayList<>();
    try (FileRepository repository = process(false)) {
      repository
          .catalog(PUBLISHER)
          .forEach(
              entry -> {
                if (random.nextInt(4) == 0) {
                  victims.add(entry.fmri());
                }
              });
    }
    if (!victims.isEmpty()) {
      victims.forEach(fmri -> after.remove(fmri.stem()));
      process(mortal).remove(PUBLISHER, victims, clock(), EventSink.QUIET);
      removed += victims.size();
    }
  }

  /** Packages that have a manifest, catalogued or not. */
  private Set<String> stored() {
    Set<String> names = new TreeSet<>();
    Path manifests = root.resolve("publisher/p.example/pkg");
    try (Stream<Path> files = Files.walk(manifests, 2)) {
      files
          .filter(Files::isRegularFile)
          .forEach(path -> names.add(manifests.relativize(path).getName(0).toString()));
    } catch (NoSuchFileException e) {
      // nothing was published yet
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private void sweep(boolean mortal, Set<String> after) {
    FileRepository repository = process(mortal);
    if (random.nextBoolean()) {
      // takes in what a kill left between its manifests and its catalog: whole packages
      after.addAll(stored());
      after.removeAll(gone);
      repository.refreshCatalog(PUBLISHER, clock(), EventSink.QUIET);
    }
    swept += repository.sweep(PUBLISHER, Duration.ZERO, false, InstantSource.system()).files();
  }
}
