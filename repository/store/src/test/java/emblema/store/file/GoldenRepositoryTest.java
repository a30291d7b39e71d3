package emblema.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.action.SignatureAction;
import emblema.core.hash.Digest;
import emblema.core.hash.PayloadFacts;
import emblema.core.hash.PayloadGzip;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogEntry;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository that the reference made, read by us, and made again by us. */
class GoldenRepositoryTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-20T20:43:31.976827Z"));

  @TempDir Path directory;

  private static List<CatalogEntry> entries(Catalog catalog) {
    List<CatalogEntry> entries = new ArrayList<>();
    catalog.forEach(entries::add);
    return entries;
  }

  @Test
  void readsAllThatTheReferencePublished() throws IOException {
    FileRepository golden = FileRepository.open(GoldenRepository.path("repo"));
    assertThat(golden.version()).isEqualTo(4);
    assertThat(golden.defaultPublisher()).contains("alpha.example");
    assertThat(golden.publishers()).containsExactly("alpha.example", "beta.example");
    int payloads = 0;
    for (String publisher : golden.publishers()) {
      Catalog catalog = golden.catalog(publisher);
      List<CatalogEntry> entries = entries(catalog);
      assertThat(entries).hasSize((int) catalog.packageVersionCount());
      assertThat(entries.stream().map(entry -> entry.fmri().stem()).distinct().count())
          .isEqualTo(catalog.packageCount());
      for (CatalogEntry entry : entries) {
        byte[] manifest = golden.manifest(entry.fmri());
        assertThat(entry.manifestSha1()).isEqualTo(Digest.SHA1.hex(manifest));
        payloads += verifyPayloads(golden, publisher, manifest);
      }
    }
    assertThat(golden.catalog("alpha.example").packageVersionCount()).isEqualTo(26);
    assertThat(payloads).isEqualTo(90);
  }

  private static int verifyPayloads(FileRepository golden, String publisher, byte[] manifest)
      throws IOException {
    int count = 0;
    for (Action action : read(manifest).actions()) {
      String name = action.payload();
      if (name != null && !(action instanceof SignatureAction)) {
        try (InputStream in = golden.payload(publisher, name)) {
          PayloadFacts facts = PayloadGzip.facts(in);
          Action ours = facts.applyTo(action);
          for (String attribute : action.attributes().names()) {
            assertThat(ours.attributes().all(attribute))
                .as("%s of %s", attribute, action.key())
                .containsAll(action.attributes().all(attribute));
          }
          assertThat(ours.payload()).isEqualTo(name);
        }
        count++;
      }
    }
    return count;
  }

  private static Manifest read(byte[] manifest) {
    return ManifestReader.read(new String(manifest, StandardCharsets.UTF_8), "golden");
  }

  @Test
  void publishesTheSameRepositoryFromTheSameSources() throws IOException {
    FileRepository golden = FileRepository.open(GoldenRepository.path("repo"));
    FileRepository ours = FileRepository.create(directory.resolve("repo"));
    ours.addPublisher("alpha.example", CLOCK);
    ours.addPublisher("beta.example", CLOCK);
    try (Publication publication = ours.publish(CLOCK)) {
      for (Manifest manifest : sources()) {
        publication.add(manifest.fmri().orElseThrow(), manifest, GoldenRepositoryTest::payload);
      }
      publication.commit();
    }
    for (String publisher : ours.publishers()) {
      for (String part : List.of("catalog.dependency.C", "catalog.summary.C")) {
        String file = "publisher/" + publisher + "/catalog/" + part;
        assertThat(ours.root().resolve(file)).hasSameBinaryContentAs(golden.root().resolve(file));
      }
      compare(golden, ours, publisher);
    }
  }

  private static void compare(FileRepository golden, FileRepository ours, String publisher) {
    List<CatalogEntry> theirs = entries(golden.catalog(publisher));
    List<CatalogEntry> mine = entries(ours.catalog(publisher));
    assertThat(mine).hasSameSizeAs(theirs);
    for (int i = 0; i < mine.size(); i++) {
      assertThat(mine.get(i).fmri()).hasToString(theirs.get(i).fmri().toString());
      assertThat(comparable(ours.manifest(mine.get(i).fmri())))
          .isEqualTo(comparable(golden.manifest(theirs.get(i).fmri())));
    }
  }

  /**
   * Without what depends on the deflate implementation, without signatures, and without the one
   * file that was added by the older upload of single actions, which computes fewer attributes.
   */
  private static List<String> comparable(byte[] manifest) {
    return new String(manifest, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("signature "))
        .filter(line -> !line.contains(" path=opt/trans/keep "))
        .map(
            line ->
                line.replaceAll(
                    " (chash|pkg.csize|pkg.content-hash=gzip:sha512t_256)[=:][0-9a-f]+", ""))
        .toList();
  }

  /** All that was published, the last by single transactions. */
  private static List<Manifest> sources() throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.list(GoldenRepository.path("src/manifests"))) {
      for (Path file : files.sorted().toList()) {
        manifests.add(read(Files.readAllBytes(file)));
      }
    }
    manifests.add(
        read(
            """
            set name=pkg.fmri value=pkg://alpha.example/trans/demo@1.0,5.11:20261120T204311Z
            dir path=opt/trans owner=root group=bin mode=0755
            file etc/keep.conf path=opt/trans/keep owner=root group=bin mode=0644
            """
                .getBytes(StandardCharsets.UTF_8)));
    return manifests;
  }

  private static PayloadSource payload(Action action) {
    String name = String.valueOf(action.payload());
    Path file =
        GoldenRepository.path("src/proto").resolve(name.equals("NOHASH") ? action.key() : name);
    return new PayloadSource() {
      @Override
      public long size() {
        return -1;
      }

      @Override
      public InputStream open() {
        try {
          return Files.newInputStream(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
