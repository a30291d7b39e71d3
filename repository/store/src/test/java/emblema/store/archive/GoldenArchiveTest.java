package emblema.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.store.catalog.CatalogEntry;
import emblema.store.file.FileRepository;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that the reference made, and ours beside them. */
class GoldenArchiveTest {
  /** The order of a signature's payloads is not specified: certificates and their directories. */
  private static final Pattern CERTIFICATES =
      Pattern.compile("publisher/alpha.example/file/(8b|79|a6)(/[0-9a-f]+)? .*");

  @TempDir private Path directory;

  static Path golden(String name) {
    try {
      URL url = Objects.requireNonNull(GoldenArchiveTest.class.getResource("/golden/" + name));
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PackageArchive whole() {
    return PackageArchive.open(golden("archive/golden.p5p"));
  }

  @Test
  void holdsTheManifestsAndPayloadsOfTheRepositoryItWasMadeFrom() throws IOException {
    int payloads = 0;
    try (PackageArchive archive = whole();
        FileRepository repository = FileRepository.open(golden("repo"))) {
      assertThat(archive.publishers()).containsExactly("alpha.example", "beta.example");
      for (String publisher : archive.publishers()) {
        for (Fmri fmri : archive.packages(publisher)) {
          assertThat(archive.manifest(fmri)).isEqualTo(repository.manifest(fmri));
          for (String sha1 : payloads(archive, fmri)) {
            try (InputStream ours = archive.payload(publisher, sha1);
                InputStream theirs = repository.payload(publisher, sha1)) {
              assertThat(ours.readAllBytes()).isEqualTo(theirs.readAllBytes());
              payloads++;
            }
          }
        }
      }
    }
    assertThat(payloads).isGreaterThan(50);
  }

  private static List<String> payloads(PackageArchive archive, Fmri fmri) {
    List<String> payloads = new ArrayList<>();
    emblema.core.manifest.ManifestReader.read(
            new String(archive.manifest(fmri), StandardCharsets.UTF_8), "golden")
        .actions()
        .forEach(action -> StoredPayload.of(action).forEach(each -> payloads.add(each.sha1())));
    return payloads;
  }

  @Test
  void makesTheCatalogFromManifestsThatTheRepositoryHas() {
    try (PackageArchive archive = whole();
        FileRepository repository = FileRepository.open(golden("repo"))) {
      for (String publisher : archive.publishers()) {
        List<CatalogEntry> ours = new ArrayList<>();
        archive.catalog(publisher).forEach(ours::add);
        List<CatalogEntry> theirs = new ArrayList<>();
        repository.catalog(publisher).forEach(theirs::add);
        assertThat(ours).isEqualTo(theirs);
        assertThat(archive.catalog(publisher).packageCount())
            .isEqualTo(repository.catalog(publisher).packageCount());
        assertThat(archive.catalog(publisher).packageVersionCount()).isEqualTo(ours.size());
      }
    }
  }

  @Test
  void isMadeAgainWithTheSameMembersInTheSameOrder() throws IOException {
    for (String name : List.of("golden.p5p", "golden-one.p5p")) {
      Path again = directory.resolve(name);
      try (PackageArchive archive = PackageArchive.open(golden("archive/" + name));
          TarFile file = TarFile.open(golden("archive/" + name));
          ArchiveWriter writer = ArchiveWriter.create(again)) {
        for (Fmri fmri : inOrder(file)) {
          writer.add(archive, fmri);
        }
        assertThat(writer.finish()).isEqualTo(Files.size(again));
        try (TarFile made = TarFile.open(again)) {
          assertThat(described(made, false)).isEqualTo(described(file, false));
          assertThat(described(made, true))
              .as("payloads of a signature, in any order")
              .containsExactlyInAnyOrderElementsOf(described(file, true));
        }
      }
      assertThat(Files.size(again) % 10240).isZero();
    }
  }

  private static List<Fmri> inOrder(TarFile file) {
    List<Fmri> order = new ArrayList<>();
    for (String name : ArchiveIndex.read(file).keySet()) {
      String[] parts = name.split("/", -1);
      if (parts.length == 5 && parts[2].equals("pkg")) {
        order.add(Fmri.fromPathElements(parts[1], parts[3], parts[4]));
      }
    }
    return order;
  }

  /** What the members are, but for the index, whose offsets depend on the size of headers. */
  private static List<String> described(TarFile file, boolean certificates) {
    List<String> members = new ArrayList<>();
    long at = file.memberAt(0).orElseThrow().end();
    for (Optional<TarMember> member = file.memberAt(at);
        member.isPresent();
        member = file.memberAt(at)) {
      TarMember each = member.get();
      byte[] data = file.content(each, 1 << 20);
      String line = each.name() + " " + each.type() + " " + Arrays.hashCode(data);
      if (CERTIFICATES.matcher(line).matches() == certificates) {
        members.add(line);
      }
      at = each.end();
    }
    return members;
  }

  @Test
  void hasAnIndexThatNamesThePlaceOfEachMember() throws IOException {
    Path file = directory.resolve("indexed.p5p");
    write(file);
    try (TarFile tar = TarFile.open(file)) {
      TarMember index = tar.memberAt(0).orElseThrow();
      assertThat(index.name()).isEqualTo("pkg5.index.0.gz");
      assertThat(index.comment()).isEqualTo("pkg5.archive.version.0");
      List<String> walked = new ArrayList<>();
      long at = index.end();
      for (var member = tar.memberAt(at); member.isPresent(); member = tar.memberAt(at)) {
        walked.add(member.get().name() + " " + at);
        at = member.get().end();
      }
      assertThat(
              ArchiveIndex.read(tar).entrySet().stream()
                  .map(each -> each.getKey() + " " + each.getValue()))
          .containsExactlyElementsOf(walked);
    }
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, 1024, 15, StandardCharsets.US_ASCII)).isEqualTo("pkg5.index.0.gz");
    assertThat(new String(bytes, 0, 13, StandardCharsets.US_ASCII)).isEqualTo("././@PaxHeade");
  }

  private static void write(Path file) {
    try (PackageArchive archive = whole();
        ArchiveWriter writer = ArchiveWriter.create(file)) {
      archive.packages("beta.example").forEach(fmri -> writer.add(archive, fmri));
      writer.finish();
    }
  }

  @Test
  void writesTheSameBytesTwice() throws IOException {
    Path one = directory.resolve("one.p5p");
    Path two = directory.resolve("two.p5p");
    write(one);
    write(two);
    assertThat(one).hasSameBinaryContentAs(two);
  }

  @Test
  void keepsNamesOfMoreThanAHundredBytes() throws IOException {
    Path repo = directory.resolve("repo");
    String stem = "a".repeat(60) + "/" + "b".repeat(60);
    Path file = directory.resolve("long.p5p");
    try (FileRepository repository = FileRepository.create(repo)) {
      Fmri fmri;
      try (var publication =
          repository.publish(
              java.time.InstantSource.fixed(java.time.Instant.parse("2026-01-01T00:00:00Z")))) {
        fmri =
            publication.add(
                Fmri.parse("pkg://example.com/" + stem + "@1.0"),
                emblema.core.manifest.Manifest.EMPTY,
                action -> {
                  throw new AssertionError(action);
                });
        publication.commit();
      }
      try (ArchiveWriter writer = ArchiveWriter.create(file)) {
        writer.add(repository, fmri);
        writer.finish();
      }
      try (PackageArchive archive = PackageArchive.open(file)) {
        assertThat(archive.packages("example.com")).containsExactly(fmri);
        assertThat(archive.manifest(fmri)).isEqualTo(repository.manifest(fmri));
      }
    }
  }

  @Test
  void neverReplacesAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("precious.p5p"), "precious");
    assertThatThrownBy(() -> ArchiveWriter.create(file))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("precious.p5p' already exists");
    assertThat(file).hasContent("precious");
  }

  @Test
  void leavesNothingBehindWhenAPayloadOfTheSourceIsDamaged() throws IOException {
    Path broken = directory.resolve("broken");
    copy(golden("repo"), broken);
    try (FileRepository repository = FileRepository.open(broken);
        ArchiveWriter writer = ArchiveWriter.create(directory.resolve("out.p5p"))) {
      Fmri fmri = Fmri.parse("pkg://alpha.example/test/signed@1.0,5.11-0.1:20250101T000058Z");
      writer.add(repository, fmri);
      try (PackageArchive archive = whole()) {
        String sha1 = payloads(archive, fmri).getFirst();
        Path payload =
            broken.resolve("publisher/alpha.example/file/" + sha1.substring(0, 2) + "/" + sha1);
        byte[] bytes = Files.readAllBytes(payload);
        bytes[bytes.length / 2] ^= 1;
        Files.write(payload, bytes);
      }
      assertThatThrownBy(writer::finish)
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("publisher/alpha.example/file/");
    }
    assertThat(directory.resolve("out.p5p")).doesNotExist();
    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(broken);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  @Test
  void namesWhatItDoesNotHave() {
    try (PackageArchive archive = whole()) {
      assertThatThrownBy(() -> archive.manifest(Fmri.parse("pkg://alpha.example/none@1.0")))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("no package manifest for package 'pkg://alpha.example/none@1.0")
          .hasMessageContaining("golden.p5p");
      assertThatThrownBy(() -> archive.payload("alpha.example", "0".repeat(40)))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("does not contain the requested package file");
      assertThatThrownBy(() -> archive.catalog("gamma.example"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("gamma.example");
    }
  }
}
