package emblema.store.file;

import static emblema.store.file.SampleRepository.CLOCK;
import static emblema.store.file.SampleRepository.PUBLISHER;
import static emblema.store.file.SampleRepository.packages;
import static emblema.store.file.SampleRepository.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.IntegrityException;
import emblema.core.io.Disk;
import emblema.store.publication.Publication;
import emblema.testkit.CrashTest;
import emblema.testkit.RepositoryStructure;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep takes every payload that nothing needs, and never another one. */
class SweepTest {
  private static final InstantSource NOW = InstantSource.system();

  @TempDir Path directory;
  private Path root = Path.of("unset");

  @BeforeEach
  void publishTwo() {
    root = directory.resolve("repo");
    SampleRepository.create(root, "a@1", "b@1");
  }

  private void orphan(String... names) throws IOException {
    orphan(root, names);
  }

  /** Payloads that no manifest mentions, as a killed publication leaves them. */
  private static void orphan(Path tree, String... names) throws IOException {
    for (String name : names) {
      Path file = payload(tree, name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "stored form of " + name);
    }
  }

  private static RemovedPayloads sweep(FileRepository repository) {
    return repository.sweep(PUBLISHER, Duration.ZERO, false, NOW);
  }

  @Test
  void takesWhatNothingNeedsAndNothingElse() throws IOException {
    List<String> before = SampleRepository.payloads(root);
    orphan("x", "y");
    try (FileRepository repository = SampleRepository.open(root)) {
      RemovedPayloads found = repository.sweep(PUBLISHER, Duration.ZERO, true, NOW);
      assertThat(found).isEqualTo(new RemovedPayloads(2, 32));
      assertThat(payload(root, "x")).as("only a trial").exists();
      assertThat(sweep(repository)).isEqualTo(found);
      assertThat(sweep(repository)).isEqualTo(new RemovedPayloads(0, 0));
    }
    assertThat(SampleRepository.payloads(root)).isEqualTo(before);
    assertThat(payload(root, "x").getParent()).doesNotExist();
    RepositoryStructure.check(root);
  }

  @Test
  void leavesWhatIsYoungerThanTheGracePeriod() throws IOException {
    orphan("x");
    try (FileRepository repository = SampleRepository.open(root)) {
      InstantSource now = InstantSource.system();
      assertThat(repository.sweep(PUBLISHER, Duration.ofHours(1), false, now).files()).isZero();
      assertThat(repository.sweep(PUBLISHER, Duration.ZERO, false, now).files()).isEqualTo(1);
    }
  }

  @Test
  void keepsWhatTransactionsUncataloguedAndQuarantinedManifestsMention() throws IOException {
    orphan("t", "u", "q", "x");
    Path store = root.resolve("publisher/p.example");
    mention("t", store.resolve("trans/1_x/manifest"));
    mention("u", store.resolve("pkg/u/1%2C5.11%3A20260101T000000Z"));
    mention("q", store.resolve("pkg5-quarantine/fix.000001/pkg/q/1"));
    try (FileRepository repository = SampleRepository.open(root)) {
      assertThat(sweep(repository).files()).isEqualTo(1);
    }
    assertThat(payload(root, "t")).exists();
    assertThat(payload(root, "u")).exists();
    assertThat(payload(root, "q")).exists();
  }

  private void mention(String name, Path manifest) throws IOException {
    Files.createDirectories(manifest.getParent());
    Files.writeString(
        manifest, "file " + payload(root, name).getFileName() + " path=x mode=0644\n");
  }

  @Test
  void keepsTheCertificatesOfAChain() throws IOException {
    orphan("one", "two");
    String chain =
        "chain=\"" + payload(root, "one").getFileName() + " " + payload(root, "two").getFileName();
    Path manifest = root.resolve("publisher/p.example/pkg/s/1%2C5.11%3A20260101T000000Z");
    Files.createDirectories(manifest.getParent());
    Files.writeString(manifest, "signature algorithm=rsa-sha256 value=0 " + chain + "\"\n");
    try (FileRepository repository = SampleRepository.open(root)) {
      assertThat(sweep(repository).files()).isZero();
    }
  }

  @Test
  void refusesWhileAManifestIsDamaged() throws IOException {
    orphan("x");
    Path manifest;
    try (Stream<Path> files = Files.list(root.resolve("publisher/p.example/pkg/a"))) {
      manifest = files.findFirst().orElseThrow();
    }
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.substring(0, text.length() / 2));
    try (FileRepository repository = SampleRepository.open(root)) {
      assertThatThrownBy(() -> sweep(repository))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining(manifest.toString());
    }
    assertThat(payload(root, "x")).exists();
    assertThat(payload(root, "a-1")).exists();
  }

  @Test
  void givesAPublicationBackWhatItCountedOn() throws IOException {
    try (FileRepository repository = SampleRepository.open(root)) {
      SampleRepository.publish(repository, "c@1", "old");
      // as the reference removes: the manifest goes, a rebuild forgets it, the payload stays
      try (Stream<Path> files = Files.list(root.resolve("publisher/p.example/pkg/c"))) {
        Files.delete(files.findFirst().orElseThrow());
      }
      repository.rebuildCatalog(PUBLISHER, CLOCK, event -> {});
      try (Publication publication = repository.publish(CLOCK)) {
        SampleRepository.add(publication, "d@1", "old");
        assertThat(sweep(repository).files()).isEqualTo(1);
        assertThat(payload(root, "old")).doesNotExist();
        publication.commit();
      }
      assertThat(payload(root, "old")).exists();
      assertThat(sweep(repository).files()).isZero();
      assertThat(packages(repository)).containsExactly("a@1", "b@1", "d@1");
    }
    RepositoryStructure.check(root);
  }

  @Test
  void harmsNothingWhenItIsInterruptedAtAnyWrite() throws Exception {
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    List<String> needed = SampleRepository.payloads(root);
    int states =
        new CrashTest(scratch, Seed.next())
            .tree(
                tree -> {
                  SampleRepository.copy(root, tree);
                  orphan(tree, "x", "y", "z");
                })
            .action(SweepTest::sweepOn)
            .invariant(
                tree -> {
                  RepositoryStructure.check(tree);
                  assertThat(SampleRepository.payloads(tree)).containsAll(needed);
                })
            .completed(tree -> assertThat(SampleRepository.payloads(tree)).isEqualTo(needed))
            .atMost(Integer.getInteger("tests.crashes", 12))
            .run();
    assertThat(states).isGreaterThan(20);
  }

  private static void sweepOn(Disk disk) {
    sweep(SampleRepository.open(disk));
  }
}
