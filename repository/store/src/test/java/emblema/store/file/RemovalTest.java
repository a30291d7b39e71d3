package emblema.store.file;

import static emblema.store.file.SampleRepository.CLOCK;
import static emblema.store.file.SampleRepository.PUBLISHER;
import static emblema.store.file.SampleRepository.named;
import static emblema.store.file.SampleRepository.packages;
import static emblema.store.file.SampleRepository.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.LockedException;
import emblema.core.error.NotFoundException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.store.publication.Publication;
import emblema.testkit.CrashTest;
import emblema.testkit.RecordingDisk;
import emblema.testkit.RepositoryStructure;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages leave a repository whole, with what only they needed, and nothing else goes. */
class RemovalTest {
  @TempDir Path directory;
  private Path root = Path.of("unset");

  @BeforeEach
  void publishThree() {
    root = directory.resolve("repo");
    SampleRepository.create(root, "a@1", "a@2", "b@1");
  }

  private static RemovedPayloads remove(FileRepository repository, String... names) {
    return repository.remove(PUBLISHER, named(repository, names), CLOCK, EventSink.QUIET);
  }

  @Test
  void removesPackagesAndWhatOnlyTheyNeed() throws IOException {
    try (FileRepository repository = SampleRepository.open(root)) {
      RemovedPayloads removed = remove(repository, "a@1", "b@1");
      assertThat(removed.files()).isEqualTo(3);
      assertThat(removed.bytes()).isPositive();
      assertThat(packages(repository)).containsExactly("a@2");
    }
    assertThat(payload(root, "same")).exists();
    assertThat(payload(root, "a")).exists();
    assertThat(payload(root, "a-1")).doesNotExist();
    assertThat(payload(root, "b")).doesNotExist();
    assertThat(payload(root, "b-1")).doesNotExist();
    assertThat(root.resolve("publisher/p.example/pkg/b")).doesNotExist();
    assertThat(RepositoryStructure.check(root).packages()).isEqualTo(1);
    try (var left = Files.list(root.resolve("publisher/p.example/tmp"))) {
      assertThat(left.map(path -> path.getFileName().toString())).containsOnly("lock");
    }
  }

  @Test
  void removesEverythingAndPublishesAgain() throws IOException {
    try (FileRepository repository = SampleRepository.open(root)) {
      remove(repository, "a@1", "a@2", "b@1");
      assertThat(packages(repository)).isEmpty();
      assertThat(SampleRepository.payloads(root)).isEmpty();
      RepositoryStructure.check(root);
      SampleRepository.publish(repository, "a@1", "same");
    }
    assertThat(RepositoryStructure.check(root).packages()).isEqualTo(1);
  }

  @Test
  void refusesAPackageThatIsNotThere() throws IOException {
    try (FileRepository repository = SampleRepository.open(root)) {
      Fmri unknown = Fmri.parse("pkg://p.example/zzz@1,5.11:20260101T000000Z");
      assertThatThrownBy(
              () -> repository.remove(PUBLISHER, List.of(unknown), CLOCK, EventSink.QUIET))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("zzz@1");
      assertThat(packages(repository)).hasSize(3);
    }
    RepositoryStructure.check(root);
  }

  @Test
  void givesAPublicationBackWhatItCountedOn() throws IOException {
    try (FileRepository repository = SampleRepository.open(root);
        Publication publication = repository.publish(CLOCK)) {
      SampleRepository.add(publication, "c@1", "b", "same");
      remove(repository, "b@1");
      assertThat(payload(root, "b")).doesNotExist();
      assertThat(publication.commit()).hasSize(1);
      assertThat(payload(root, "b")).exists();
      assertThat(packages(repository)).containsExactly("a@1", "a@2", "c@1");
      remove(repository, "a@2");
    }
    RepositoryStructure.check(root);
    assertThat(root.resolve("publisher/p.example/tmp/discarded.0")).doesNotExist();
  }

  @Test
  void refusesAPublicationWhoseContentTheReferenceHasDeleted() throws IOException {
    try (FileRepository repository = SampleRepository.open(root);
        Publication publication = repository.publish(CLOCK)) {
      SampleRepository.add(publication, "c@1", "b", "same");
      Files.delete(payload(root, "same"));
      assertThatThrownBy(publication::commit)
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("was removed from the repository meanwhile");
      assertThat(packages(repository)).hasSize(3);
    }
  }

  @Test
  void keepsWhatATransactionOfTheReferenceMentions() throws IOException {
    String sha1 = payload(root, "b").getFileName().toString();
    Path transaction = root.resolve("publisher/p.example/trans/1_pkg");
    Files.createDirectories(transaction);
    Files.writeString(transaction.resolve("manifest"), "file " + sha1 + " path=x\n");
    try (FileRepository repository = SampleRepository.open(root)) {
      assertThat(remove(repository, "b@1").files()).isEqualTo(1);
    }
    assertThat(payload(root, "b")).exists();
  }

  @Test
  void refusesWhileAnotherProcessHoldsTheLock() {
    try (FileRepository repository = SampleRepository.open(root);
        StoreLock ignored = StoreLock.take(repository.publisherStore(PUBLISHER), CLOCK)) {
      List<Fmri> packages = named(repository, "b@1");
      PublisherStore store = repository.publisherStore(PUBLISHER);
      assertThatThrownBy(() -> StoreLock.take(store, CLOCK)).isInstanceOf(LockedException.class);
      assertThat(packages).hasSize(1);
    }
  }

  @Test
  void isOldOrNewAfterACrashAtAnyWriteAndTheNextChangeFinishes() throws Exception {
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    int states =
        new CrashTest(scratch, Seed.next())
            .tree(tree -> SampleRepository.copy(root, tree))
            .action(RemovalTest::removeTwo)
            .invariant(RemovalTest::isOldOrNew)
            .completed(RemovalTest::isNew)
            .atMost(Integer.getInteger("tests.crashes", 30))
            .run();
    assertThat(states).isGreaterThan(100);
  }

  private static void removeTwo(Disk disk) {
    FileRepository repository = SampleRepository.open(disk);
    if (packages(repository).size() == 3) {
      remove(repository, "a@1", "b@1");
    }
    // whatever is left, no refresh brings the packages back
    repository.refreshCatalog(PUBLISHER, CLOCK, EventSink.QUIET);
  }

  private static void isOldOrNew(Path tree) throws IOException {
    try (FileRepository repository = FileRepository.open(new RecordingDisk(RealDisk.open(tree)))) {
      assertThat(packages(repository).toString()).isIn("[a@1, a@2, b@1]", "[a@2]");
    }
    RepositoryStructure.check(tree);
  }

  private static void isNew(Path tree) throws IOException {
    try (FileRepository repository = FileRepository.open(new RecordingDisk(RealDisk.open(tree)))) {
      assertThat(packages(repository)).containsExactly("a@2");
    }
    RepositoryStructure.check(tree);
    assertThat(tree.resolve("publisher/p.example/pkg/b")).doesNotExist();
  }
}
