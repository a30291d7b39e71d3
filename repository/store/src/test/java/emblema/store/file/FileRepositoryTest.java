package emblema.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.Action;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.store.catalog.CatalogEntry;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRepositoryTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.123456Z"));

  @TempDir Path directory;

  static PayloadSource content(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new PayloadSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  static PayloadSource contentOfPath(Action action) {
    return content("content of " + action.key() + "\n");
  }

  private static Manifest manifest(String text) {
    return ManifestReader.read(text, "test");
  }

  private FileRepository newRepository() {
    FileRepository repository = FileRepository.create(directory.resolve("repo"));
    repository.addPublisher("example.org", CLOCK);
    return repository;
  }

  private static List<CatalogEntry> entries(FileRepository repository, String publisher) {
    List<CatalogEntry> entries = new ArrayList<>();
    repository.catalog(publisher).forEach(entries::add);
    return entries;
  }

  @Test
  void publishesAPackageThatCanBeReadBack() throws IOException {
    FileRepository repository = newRepository();
    Fmri fmri;
    try (Publication publication = repository.publish(CLOCK)) {
      publication.add(
          Fmri.parse("tools/app@1.0-1"),
          manifest(
              """
              set name=pkg.summary value="An application"
              depend fmri=base/core@1 type=require
              file NOHASH path=usr/bin/app owner=root group=bin mode=0755
              """),
          FileRepositoryTest::contentOfPath);
      assertThat(entries(FileRepository.open(repository.root()), "example.org")).isEmpty();
      fmri = publication.commit().getFirst();
    }
    assertThat(fmri).hasToString("pkg://example.org/tools/app@1.0,5.11-1:20260102T030405Z");

    FileRepository again = FileRepository.open(repository.root());
    CatalogEntry entry = entries(again, "example.org").getFirst();
    assertThat(entry.fmri()).isEqualTo(fmri);
    assertThat(entry.manifestSha1()).isEqualTo(Digest.SHA1.hex(again.manifest(fmri)));
    assertThat(entry.dependencyActions()).hasSize(1);
    assertThat(entry.summaryActions()).hasSize(1);
    String text = new String(again.manifest(fmri), StandardCharsets.UTF_8);
    assertThat(text).startsWith("set name=pkg.fmri value=" + fmri + "\nset name=pkg.summary");
    Action file = manifest(text).actions().getLast();
    try (InputStream in =
        new GZIPInputStream(again.payload("example.org", String.valueOf(file.payload())))) {
      assertThat(in.readAllBytes()).asString().isEqualTo("content of usr/bin/app\n");
    }
  }

  @Test
  void leavesNothingBehindWhenAbandoned() throws IOException {
    FileRepository repository = newRepository();
    List<String> before = tree();
    try (Publication publication = repository.publish(CLOCK)) {
      publication.add(
          Fmri.parse("tools/app@1.0"),
          manifest("file NOHASH path=a owner=root group=bin mode=0755\n"),
          FileRepositoryTest::contentOfPath);
    }
    assertThat(tree()).isEqualTo(before);
  }

  private List<String> tree() throws IOException {
    try (var walk = Files.walk(directory)) {
      return walk.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void refusesAnFmriThatTheCatalogHas() {
    FileRepository repository = newRepository();
    Fmri fmri = Fmri.parse("pkg://example.org/a@1.0,5.11:20260101T000000Z");
    publish(repository, fmri);
    assertThatThrownBy(() -> publish(repository, fmri))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining(
            "'pkg://example.org/a@1.0,5.11:20260101T000000Z', already exists or has been"
                + " restricted");
  }

  @Test
  void givesDistinctTimestampsWithinOneSecond() {
    FileRepository repository = newRepository();
    Fmri first = publish(repository, Fmri.parse("a@1.0"));
    Fmri second = publish(repository, Fmri.parse("a@1.0"));
    assertThat(first.requireVersion().timestamp()).isEqualTo("20260102T030405Z");
    assertThat(second.requireVersion().timestamp()).isEqualTo("20260102T030406Z");
    assertThat(repository.catalog("example.org").packageCount()).isEqualTo(1);
    assertThat(repository.catalog("example.org").packageVersionCount()).isEqualTo(2);
  }

  private static Fmri publish(FileRepository repository, Fmri fmri) {
    try (Publication publication = repository.publish(CLOCK)) {
      publication.add(fmri, manifest("set name=a value=b\n"), FileRepositoryTest::contentOfPath);
      return publication.commit().getFirst();
    }
  }

  @Test
  void saysThatADirectoryIsNoRepository() {
    assertThatThrownBy(() -> FileRepository.open(directory))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("does not contain a valid package repository");
  }

  @Test
  void refusesToCreateOverContent() {
    newRepository();
    assertThatThrownBy(() -> FileRepository.create(directory.resolve("repo")))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("already exists at '" + directory + "/repo/'");
  }

  @Test
  void writesTheConfigurationAsTheReferenceDoes() throws IOException {
    FileRepository repository = FileRepository.create(directory.resolve("repo"));
    repository.addPublisher("alpha.example", CLOCK);
    repository.addPublisher("beta.example", CLOCK);
    assertThat(directory.resolve("repo/pkg5.repository"))
        .hasSameBinaryContentAs(GoldenRepository.path("repo/pkg5.repository"));
    assertThat(directory.resolve("repo/publisher/beta.example/pub.p5i"))
        .hasSameBinaryContentAs(GoldenRepository.path("repo/publisher/beta.example/pub.p5i"));
  }

  @Test
  void refusesAPublisherNameThatLeavesTheRepository() {
    FileRepository repository = newRepository();
    for (String name : List.of("..", "../x", "a/b", "", ".x")) {
      assertThatThrownBy(() -> repository.addPublisher(name)).hasMessageContaining("publisher");
      assertThatThrownBy(() -> repository.catalog(name)).hasMessageContaining("publisher");
    }
  }
}
