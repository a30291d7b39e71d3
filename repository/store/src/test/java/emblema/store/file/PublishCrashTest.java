package emblema.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.hash.PayloadGzip;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.manifest.ManifestReader;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import emblema.testkit.CrashTest;
import emblema.testkit.RecordingDisk;
import emblema.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens during a publication, the repository is the old one or the new one. */
class PublishCrashTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  private static final String BEFORE =
      "[pkg://p.example/a@1.0,5.11:20260101T000000Z, pkg://p.example/c@1.0,5.11:20260101T000000Z]";
  private static final String AFTER =
      "[pkg://p.example/a@1.0,5.11:20260101T000000Z, pkg://p.example/a@2.0,5.11:20260102T000000Z,"
          + " pkg://p.example/b@1.0,5.11:20260102T000000Z,"
          + " pkg://p.example/c@1.0,5.11:20260101T000000Z]";

  @TempDir Path directory;
  private Path original = Path.of("unset");

  @BeforeEach
  void publishTheFirstPackages() throws IOException {
    original = directory.resolve("original");
    try (FileRepository repository = FileRepository.create(original)) {
      repository.addPublisher("p.example", CLOCK);
      publish(repository, "20260101T000000Z", "a@1.0", "c@1.0");
    }
    Files.createDirectory(directory.resolve("scratch"));
  }

  private static void publish(FileRepository repository, String timestamp, String... names) {
    PublicationOptions options = new PublicationOptions(CLOCK, event -> {}, true, 1);
    try (Publication publication = repository.publish(options)) {
      for (String name : names) {
        Fmri fmri = Fmri.parse(name);
        publication.add(
            Fmri.parse(name + ",5.11:" + timestamp),
            ManifestReader.read(
                """
                set name=pkg.summary value="of %s"
                depend fmri=x type=require
                file NOHASH path=same owner=root group=bin mode=0644
                file NOHASH path=%s owner=root group=bin mode=0644
                """
                    .formatted(name, fmri.stem() + fmri.requireVersion().release()),
                "test"),
            FileRepositoryTest::contentOfPath);
      }
      publication.commit();
    }
  }

  @Test
  void isOldOrNewAfterACrashAtAnyWriteAndCompletesWhenRunAgain() throws Exception {
    int states =
        new CrashTest(directory.resolve("scratch"), Seed.next())
            .tree(root -> copy(original, root))
            .action(this::publishMore)
            .invariant(PublishCrashTest::isOldOrNew)
            .completed(PublishCrashTest::isNew)
            .run();
    assertThat(states).isGreaterThan(200);
  }

  private void publishMore(Disk disk) {
    // a recording disk does not carry out syncs, which take most of the time
    FileRepository repository =
        FileRepository.open(disk instanceof RecordingDisk ? disk : new RecordingDisk(disk));
    if (!packages(repository).toString().equals(AFTER)) {
      publish(repository, "20260102T000000Z", "a@2.0", "b@1.0");
    }
  }

  private static void isOldOrNew(Path root) throws IOException {
    try (FileRepository repository = FileRepository.open(new RecordingDisk(RealDisk.open(root)))) {
      List<Fmri> packages = packages(repository);
      assertThat(packages.toString()).isIn(BEFORE, AFTER);
      verify(repository);
    }
  }

  private static void isNew(Path root) throws IOException {
    try (FileRepository repository = FileRepository.open(new RecordingDisk(RealDisk.open(root)))) {
      assertThat(packages(repository)).hasToString(AFTER);
      verify(repository);
      StagingDirectory.make(repository.store("p.example"), CLOCK).close();
    }
    // whatever a crash left behind, the next work has removed
    try (var left = Files.list(root.resolve("publisher/p.example/tmp"))) {
      assertThat(left.map(path -> path.getFileName().toString())).containsOnly("lock");
    }
  }

  private static List<Fmri> packages(FileRepository repository) {
    List<Fmri> packages = new ArrayList<>();
    repository.catalog("p.example").forEach(entry -> packages.add(entry.fmri()));
    return packages;
  }

  /** What the catalog lists is there, whole. */
  private static void verify(FileRepository repository) {
    repository
        .catalog("p.example")
        .forEach(
            entry -> {
              byte[] manifest = repository.manifest(entry.fmri());
              assertThat(Digest.SHA1.hex(manifest)).isEqualTo(entry.manifestSha1());
              ManifestReader.stream(
                  new ByteArrayInputStream(manifest), "manifest", a -> verify(repository, a));
            });
  }

  private static void verify(FileRepository repository, Action action) {
    String name = action.payload();
    if (name != null) {
      try (InputStream in = repository.payload("p.example", name)) {
        assertThat(PayloadGzip.facts(in).applyTo(action)).isEqualTo(action);
      } catch (IOException e) {
        throw new AssertionError("payload of " + action.key(), e);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes ignored)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(path)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes ignored)
              throws IOException {
            Files.copy(path, to.resolve(from.relativize(path)));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
