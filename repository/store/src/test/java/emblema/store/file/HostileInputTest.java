package emblema.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.Action;
import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.manifest.ManifestReader;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import emblema.testkit.TreeSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bad input gets: an error that names it, and a repository that has not changed. */
class HostileInputTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  private static final String SHA1 =
      Digest.SHA1.hex("content of x\n".getBytes(StandardCharsets.UTF_8));

  @TempDir Path directory;
  private Path root = Path.of("unset");

  @BeforeEach
  void publishOnePackage() {
    root = directory.resolve("repo");
    FileRepository repository = FileRepository.create(root);
    repository.addPublisher("p.example", CLOCK);
    publish("first@1", "file NOHASH path=x owner=a group=b mode=0644\n");
  }

  private void publish(String fmri, String manifest) {
    publish(fmri, manifest, FileRepositoryTest::contentOfPath);
  }

  private void publish(String fmri, String manifest, Function<Action, PayloadSource> sources) {
    try (FileRepository repository = FileRepository.open(root);
        Publication publication = repository.publish(CLOCK)) {
      publication.add(Fmri.parse(fmri), ManifestReader.read(manifest, "test"), sources);
      publication.commit();
    }
  }

  private EmblemaException failure(String fmri, String manifest) {
    TreeSnapshot before = TreeSnapshot.of(root);
    EmblemaException failure = null;
    try {
      publish(fmri, manifest);
    } catch (EmblemaException e) {
      failure = e;
    }
    assertThat(failure).as("publishing " + fmri + " must fail").isNotNull();
    assertThat(before.difference(TreeSnapshot.of(root))).isEmpty();
    return failure == null ? new NotFoundException("unreachable") : failure;
  }

  @Test
  void refusesNamesThatLeaveTheRepository() {
    for (String name : List.of("pkg://../a@1", "pkg://./a@1", "pkg://a%2Fb/a@1")) {
      failure(name, "set name=a value=b\n");
    }
    for (String name : List.of("../../a@1", "a/../b@1", "..@1")) {
      assertThatThrownBy(() -> Fmri.parse(name)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void refusesAPathThatLeavesTheImage() {
    String action = " owner=a group=b mode=0644\n";
    assertThat(failure("a@1", "file NOHASH path=../x" + action)).hasMessageContaining("../x");
    assertThat(failure("a@1", "dir path=a/../../x" + action)).hasMessageContaining("x");
  }

  @Test
  void refusesContentThatIsNotWhatTheManifestSays() {
    String wrong = "0123456789012345678901234567890123456789";
    assertThat(failure("a@1", "file " + wrong + " path=z owner=a group=b mode=0644\n"))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("'z' is damaged");
  }

  @Test
  void namesTheStoredPayloadThatIsDamaged() throws IOException {
    Path stored = root.resolve("publisher/p.example/file/" + SHA1.substring(0, 2) + "/" + SHA1);
    byte[] good = Files.readAllBytes(stored);
    for (int length : new int[] {0, 5, good.length - 1}) {
      Files.write(stored, Arrays.copyOf(good, length));
      assertThat(failure("a@1", "file NOHASH path=x owner=a group=b mode=0644\n"))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining(stored.toString());
    }
  }

  @Test
  void stopsAtTheFirstPayloadThatCannotBeRead() {
    TreeSnapshot before = TreeSnapshot.of(root);
    StringBuilder manifest = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      manifest.append("file NOHASH path=f").append(i).append(" owner=a group=b mode=0644\n");
    }
    assertThatThrownBy(
            () ->
                publish(
                    "a@1",
                    manifest.toString(),
                    action -> {
                      if (action.key().equals("f500")) {
                        throw new NotFoundException("payload 'f500' is gone");
                      }
                      return FileRepositoryTest.contentOfPath(action);
                    }))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("payload 'f500' is gone");
    assertThat(before.difference(TreeSnapshot.of(root))).isEmpty();
  }

  @Test
  void refusesObsoleteAndRenamedPackagesWithOtherActions() {
    assertThat(failure("a@1", "set name=pkg.obsolete value=true\nlink path=a target=b\n"))
        .hasMessageContaining("'link' action cannot be present in an obsolete package");
    assertThat(failure("a@1", "set name=pkg.renamed value=true\n"))
        .hasMessageContaining("must contain at least one 'depend' action");
  }

  @Test
  void saysThatARepositoryIsReadOnly() throws IOException {
    Path store = root.resolve("publisher/p.example/tmp");
    Assumptions.assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("r-xr-xr-x"));
    assertThat(failure("a@1", "set name=a value=b\n")).hasMessageContaining(store.toString());
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void reportsACatalogThatIsCutOff() throws IOException {
    Path attributes = root.resolve("publisher/p.example/catalog/catalog.attrs");
    Files.write(attributes, new byte[0]);
    try (FileRepository repository = FileRepository.open(root)) {
      assertThatThrownBy(() -> repository.catalog("p.example"))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("catalog.attrs");
      repository.rebuildCatalog("p.example", CLOCK, event -> {});
      assertThat(repository.catalog("p.example").packageVersionCount()).isEqualTo(1);
    }
  }

  @Test
  void skipsStrayFilesAmongManifestsWhenRebuilding() throws IOException {
    Path manifests = root.resolve("publisher/p.example/pkg");
    Files.writeString(manifests.resolve("stray"), "?");
    Files.createDirectory(manifests.resolve("%2e%2e"));
    Files.writeString(manifests.resolve("first/not-a-version!"), "?");
    Files.writeString(manifests.resolve("first/2%2C5.11%3A20260101T000000Z"), "bogus line\n");
    try (FileRepository repository = FileRepository.open(root)) {
      assertThat(repository.rebuildCatalog("p.example", CLOCK, event -> {})).isEqualTo(1);
    }
  }
}
