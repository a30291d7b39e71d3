package emblema.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.manifest.ManifestReader;
import emblema.core.task.Tasks;
import emblema.store.publication.Publication;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several publications into one repository at the same time. */
class ManyPublishersTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

  @TempDir Path directory;
  private Path root = Path.of("unset");

  @BeforeEach
  void makeARepository() {
    root = directory.resolve("repo");
    FileRepository repository = FileRepository.create(root);
    repository.addPublisher("p.example", CLOCK);
    repository.close();
  }

  private static void add(Publication publication, String name, String... files) {
    StringBuilder text = new StringBuilder("set name=pkg.summary value=" + name + "\n");
    for (String file : files) {
      text.append("file NOHASH path=").append(file).append(" owner=a group=b mode=0644\n");
    }
    publication.add(
        Fmri.parse(name),
        ManifestReader.read(text.toString(), "test"),
        FileRepositoryTest::contentOfPath);
  }

  /** Names and manifests agree; how many packages there are. */
  private static int check(FileRepository repository) {
    List<Fmri> packages = new ArrayList<>();
    repository
        .catalog("p.example")
        .forEach(
            entry -> {
              packages.add(entry.fmri());
              assertThat(Digest.SHA1.hex(repository.manifest(entry.fmri())))
                  .isEqualTo(entry.manifestSha1());
            });
    return packages.size();
  }

  @Test
  void keepsEveryPackageAndReadersSeeWholeCatalogs() {
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String mine = "w" + i;
      work.add(
          () -> {
            try (FileRepository repository = FileRepository.open(root)) {
              for (int n = 1; n <= 5; n++) {
                try (Publication publication = repository.publish(CLOCK)) {
                  add(publication, "same@" + n, "shared", mine + "/" + n);
                  add(publication, mine + "@" + n, "shared");
                  publication.commit();
                }
              }
            }
            return 0;
          });
    }
    Thread reader =
        Thread.startVirtualThread(
            () -> {
              try (FileRepository repository = FileRepository.open(root)) {
                int before = 0;
                while (!done.get()) {
                  int now = check(repository);
                  assertThat(now).isGreaterThanOrEqualTo(before).isEven();
                  before = now;
                }
              }
            });
    List<Throwable> failures = new ArrayList<>();
    reader.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
    Tasks.inParallel(3, work);
    done.set(true);
    join(reader);
    assertThat(failures).isEmpty();
    try (FileRepository repository = FileRepository.open(root)) {
      assertThat(check(repository)).isEqualTo(30);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void givesTheSecondOfTwoEqualNamesTheNextSecond() {
    try (FileRepository repository = FileRepository.open(root);
        Publication first = repository.publish(CLOCK);
        Publication second = repository.publish(CLOCK)) {
      add(first, "a@1", "x");
      add(second, "a@1", "x");
      assertThat(first.commit()).hasToString("[pkg://p.example/a@1,5.11:20260102T030405Z]");
      List<Fmri> names = second.commit();
      assertThat(names).hasToString("[pkg://p.example/a@1,5.11:20260102T030406Z]");
      String text = new String(repository.manifest(names.getFirst()), StandardCharsets.UTF_8);
      assertThat(text).startsWith("set name=pkg.fmri value=" + names.getFirst() + "\n");
      assertThat(check(repository)).isEqualTo(2);
    }
  }

  @Test
  void refusesTheSecondOfTwoEqualNamesWithATimestamp() {
    try (FileRepository repository = FileRepository.open(root);
        Publication first = repository.publish(CLOCK);
        Publication second = repository.publish(CLOCK)) {
      add(first, "a@1,5.11:20250101T000000Z", "x");
      add(second, "a@1,5.11:20250101T000000Z", "y");
      first.commit();
      assertThatThrownBy(second::commit)
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("already exists or has been restricted");
      assertThat(check(repository)).isEqualTo(1);
    }
  }
}
