package emblema.store.check;

import static emblema.store.file.SampleRepository.CLOCK;
import static emblema.store.file.SampleRepository.PUBLISHER;
import static emblema.store.file.SampleRepository.packages;
import static emblema.store.file.SampleRepository.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.event.EventSink;
import emblema.core.hash.Digest;
import emblema.store.file.FileRepository;
import emblema.store.file.SampleRepository;
import emblema.testkit.RepositoryStructure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each kind of damage is found, named by path, expected and actual; fix moves away what suffers and
 * nothing else, and then nothing is found any more.
 */
class VerificationTest {
  @TempDir Path directory;
  private Path root = Path.of("unset");
  private Path store = Path.of("unset");

  @BeforeEach
  void publishThree() {
    root = directory.resolve("repo");
    store = root.resolve("publisher/p.example");
    SampleRepository.create(root, "a@1", "a@2", "b@1");
  }

  private static VerificationOptions options() {
    return VerificationOptions.standard()
        .withDependencies(false, false, DependencyExceptions.NONE)
        .withAccount(ServiceAccount.NONE);
  }

  private List<Finding> verify(VerificationOptions options) {
    List<Finding> findings = new ArrayList<>();
    try (FileRepository repository = SampleRepository.open(root)) {
      new Verification(repository, options).run(repository.publishers(), findings::add);
    }
    // temporary directories of tests are not open to all
    findings.removeIf(finding -> finding.kind().isWarning());
    return findings;
  }

  private List<Finding> verify() {
    return verify(options());
  }

  private Repair.Result fix() {
    try (FileRepository repository = SampleRepository.open(root)) {
      return new Repair(repository, options(), CLOCK).run(repository.publishers(), finding -> {});
    }
  }

  /** After a fix nothing is wrong, and these are the packages. */
  private void mended(String... left) throws IOException {
    assertThat(verify()).isEmpty();
    try (FileRepository repository = SampleRepository.open(root)) {
      assertThat(packages(repository)).containsExactly(left);
    }
    assertThat(RepositoryStructure.check(root).packages()).isEqualTo(left.length);
    assertThat(fix().isMended()).isFalse();
  }

  private Path manifest(String stem, String version) {
    try (Stream<Path> files = Files.list(store.resolve("pkg").resolve(stem))) {
      return files
          .filter(path -> path.getFileName().toString().startsWith(version))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    Files.write(file, bytes);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static List<Finding.Kind> kinds(List<Finding> findings) {
    return findings.stream().map(Finding::kind).distinct().toList();
  }

  private static List<String> names(List<Finding> findings) {
    return findings.stream().map(f -> f.fmri() == null ? "-" : f.fmri().toShortString()).toList();
  }

  @Test
  void findsNothingInAWholeRepository() {
    assertThat(verify()).isEmpty();
    Repair.Result result = fix();
    assertThat(result.isMended()).isFalse();
    assertThat(store.resolve("pkg5-quarantine")).doesNotExist();
  }

  @Test
  void findsAMissingPayloadOncePerPackage() throws IOException {
    Files.delete(payload(root, "a"));
    List<Finding> findings = verify();
    assertThat(kinds(findings)).containsExactly(Finding.Kind.MISSING_FILE);
    assertThat(names(findings)).containsExactly("a@1", "a@2");
    assertThat(findings.getFirst().fact(Finding.REPOSITORY_PATH))
        .isEqualTo(payload(root, "a").toString());
    assertThat(findings.getFirst().fact(Finding.PATH)).isEqualTo("a");
    assertThat(fix().republish()).hasSize(2);
    assertThat(store.resolve("pkg5-quarantine/fix.000001/pkg/a"))
        .isDirectoryContaining("glob:**1*");
    mended("b@1");
    assertThat(payload(root, "a-1")).as("needed by a package in quarantine").exists();
  }

  @Test
  void findsATruncatedPayload() throws IOException {
    byte[] bytes = Files.readAllBytes(payload(root, "b"));
    Files.write(payload(root, "b"), Arrays.copyOf(bytes, bytes.length - 5));
    List<Finding> findings = verify();
    assertThat(kinds(findings)).containsExactly(Finding.Kind.BAD_GZIP);
    assertThat(names(findings)).containsExactly("b@1");
    assertThat(fix().republish()).singleElement().asString().startsWith("pkg://p.example/b@1");
    assertThat(payload(root, "b")).doesNotExist();
    mended("a@1", "a@2");
  }

  @Test
  void findsEveryFlippedByteOfAPayload() throws IOException {
    byte[] whole = Files.readAllBytes(payload(root, "b"));
    Files.write(payload(root, "b"), new byte[0]);
    assertThat(kinds(verify())).containsExactly(Finding.Kind.BAD_GZIP);
    Files.write(payload(root, "b"), whole);
    int length = whole.length;
    for (int at = 0; at < length; at++) {
      flip(payload(root, "b"), at);
      assertThat(names(verify())).as("byte " + at).containsExactly("b@1");
      flip(payload(root, "b"), at);
    }
    assertThat(verify()).isEmpty();
  }

  @Test
  void findsAnotherContentAndSaysWhichHash() throws IOException {
    Files.write(payload(root, "b"), gzip("something else"));
    List<Finding> findings = verify();
    assertThat(kinds(findings)).containsExactly(Finding.Kind.BAD_HASH);
    byte[] actual = "something else".getBytes(StandardCharsets.UTF_8);
    assertThat(findings.getFirst().fact(Finding.COMPUTED))
        .isEqualTo(Digest.SHA512T_256.hex(actual));
    assertThat(findings.getFirst().header()).matches("Invalid file hash: [0-9a-f]{64}");
    fix();
    mended("a@1", "a@2");
  }

  @Test
  void findsTheRightContentInAnotherForm() throws IOException {
    Files.write(payload(root, "b"), gzip("content of b\n"));
    assertThat(kinds(verify())).containsExactly(Finding.Kind.BAD_COMPRESSION);
    fix();
    assertThat(payload(root, "b")).as("the content is right").exists();
    mended("a@1", "a@2");
  }

  @Test
  void quarantinesDamagedContentThatNoPackageNeeds() throws IOException {
    String sha1 = Digest.SHA1.hex("never".getBytes(StandardCharsets.UTF_8));
    Path file = store.resolve("file/" + sha1.substring(0, 2) + "/" + sha1);
    Files.createDirectories(file.getParent());
    Files.write(file, gzip("other"));
    List<Finding> findings = verify();
    assertThat(kinds(findings)).containsExactly(Finding.Kind.BAD_HASH);
    assertThat(names(findings)).containsExactly("-");
    fix();
    assertThat(file).doesNotExist();
    mended("a@1", "a@2", "b@1");
  }

  @Test
  void findsAManifestThatIsNone() throws IOException {
    Files.writeString(manifest("b", "1"), "nonsense\n");
    List<Finding> findings = verify();
    assertThat(kinds(findings)).containsExactly(Finding.Kind.CORRUPT_MANIFEST);
    assertThat(findings.getFirst().fact(Finding.REPOSITORY_PATH))
        .isEqualTo(manifest("b", "1").toString());
    assertThat(fix().republish()).singleElement().asString().contains("/pkg/b/1");
    mended("a@1", "a@2");
  }

  @Test
  void findsAChangedManifestByTheCatalog() throws IOException {
    Path file = manifest("b", "1");
    Files.writeString(file, Files.readString(file).replace("mode=0644", "mode=4755"));
    List<Finding> findings = verify();
    assertThat(kinds(findings)).containsExactly(Finding.Kind.CORRUPT_MANIFEST);
    assertThat(findings.getFirst().fact(Finding.COMPUTED))
        .isEqualTo(Digest.SHA1.hex(Files.readAllBytes(file)));
    fix();
    mended("a@1", "a@2");
  }

  @Test
  void findsATruncatedManifest() throws IOException {
    Path file = manifest("a", "2");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(kinds(verify())).contains(Finding.Kind.CORRUPT_MANIFEST);
    fix();
    mended("a@1", "b@1");
  }

  @Test
  void findsAMissingManifest() throws IOException {
    Files.delete(manifest("b", "1"));
    assertThat(kinds(verify())).containsExactly(Finding.Kind.MISSING_MANIFEST);
    fix();
    mended("a@1", "a@2");
  }

  @Test
  void findsWhatIsNoManifest() throws IOException {
    Files.writeString(store.resolve("pkg/README"), "hello");
    Files.writeString(store.resolve("pkg/a/%zz"), "hello");
    Files.createDirectory(store.resolve("pkg/a/2.0%2C5.11%3A20260101T000000Z"));
    assertThat(verify()).hasSize(3).allMatch(f -> f.kind() == Finding.Kind.STRAY);
    fix();
    mended("a@1", "a@2", "b@1");
  }

  @Test
  void findsEveryDamagedCatalogFileAndMakesItAnew() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(store.resolve("catalog"))) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(5);
    Map<Path, byte[]> original = new TreeMap<>();
    for (Path file : files) {
      original.put(file, Files.readAllBytes(file));
    }
    for (Path file : files) {
      for (Map.Entry<Path, byte[]> each : original.entrySet()) {
        Files.write(each.getKey(), each.getValue());
      }
      byte[] good = Files.readAllBytes(file);
      for (byte[] bad : List.of(new byte[0], Arrays.copyOf(good, good.length / 2), changed(good))) {
        Files.write(file, bad);
        List<Finding> findings = verify();
        assertThat(kinds(findings)).as("%s", file).contains(Finding.Kind.DAMAGED_CATALOG);
        assertThat(findings.getFirst().fact(Finding.REPOSITORY_PATH)).isEqualTo(file.toString());
      }
      assertThat(fix().isCatalogAnew()).isTrue();
      mended("a@1", "a@2", "b@1");
    }
  }

  private static byte[] changed(byte[] good) {
    byte[] bad = good.clone();
    bad[good.length / 3] ^= 2;
    return bad;
  }

  @Test
  void namesPathExpectedAndActualWhenADamagedCatalogIsRead() throws IOException {
    Path file = store.resolve("catalog/catalog.base.C");
    Files.write(file, changed(Files.readAllBytes(file)));
    try (FileRepository repository = SampleRepository.open(root)) {
      assertThatThrownBy(() -> packages(repository))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining(file.toString())
          .extracting(e -> ((IntegrityException) e).expected().length())
          .isEqualTo(40);
    }
  }

  @Test
  void findsACatalogThatSaysOtherThanTheManifest() throws IOException {
    // a catalog of another repository, whole in itself
    Path other = directory.resolve("other");
    SampleRepository.create(other, "a@1", "a@2", "b@1", "c@1");
    try (Stream<Path> all = Files.list(other.resolve("publisher/p.example/catalog"))) {
      for (Path file : all.toList()) {
        Files.write(store.resolve("catalog").resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    List<Finding> findings = verify();
    assertThat(kinds(findings)).contains(Finding.Kind.MISSING_MANIFEST);
    fix();
    mended("a@1", "a@2", "b@1");
  }

  @Test
  void mendsACatalogThatDoesNotKnowOfASignature() throws IOException {
    Path file = manifest("b", "1");
    String text = Files.readString(file);
    String signature =
        emblema.core.action.ActionWriter.write(
            new emblema.core.sign.PackageSigner(
                    emblema.core.sign.SignatureAlgorithm.SHA256, java.util.Optional.empty())
                .sign(
                    emblema.core.manifest.SignedText.of(
                        emblema.core.manifest.ManifestReader.read(text, "b")),
                    certificate -> {
                      throw new AssertionError(certificate);
                    }));
    Files.writeString(file, text + signature + "\n");
    assertThat(kinds(verify())).containsExactly(Finding.Kind.STALE_CATALOG);
    fix();
    mended("a@1", "a@2", "b@1");
  }

  @Test
  void keepsPackagesThatAreNotInTheCatalog() throws IOException {
    Path file = manifest("b", "1");
    Path copy = file.resolveSibling("1%2C5.11%3A20200101T000000Z");
    String name = "set name=pkg.fmri value=pkg://p.example/b@1,5.11:20200101T000000Z";
    Files.writeString(copy, Files.readString(file).replaceFirst("set name=pkg.fmri [^\n]*", name));
    assertThat(verify()).isEmpty();
    try (FileRepository repository = SampleRepository.open(root)) {
      assertThat(repository.refreshCatalog(PUBLISHER, CLOCK, EventSink.QUIET)).isEqualTo(1);
    }
  }

  @Test
  void findsDependenciesThatNothingSatisfies() {
    VerificationOptions standard = VerificationOptions.standard();
    List<Finding> findings = verify(standard);
    assertThat(kinds(findings)).containsExactly(Finding.Kind.DEPENDENCY);
    assertThat(findings).hasSize(3);
    assertThat(findings.getFirst().fact(Finding.DEPENDENCY)).isEqualTo("x");
    assertThat(findings.getFirst().fact(Finding.DEPENDENCY_TYPE)).isEqualTo("require");
    DependencyExceptions but =
        DependencyExceptions.parse(List.of("# known", "pkg=a depend=x", "pkg=b depend=y"), "f");
    assertThat(names(verify(standard.withDependencies(true, false, but)))).containsExactly("b@1");
    assertThat(verify(standard.withDependencies(true, true, but))).hasSize(3);
    assertThatThrownBy(() -> DependencyExceptions.parse(List.of("pkg=a"), "f"))
        .hasMessageContaining("missing attribute(s)");
    assertThatThrownBy(() -> DependencyExceptions.parse(List.of("pkg=a depend=b c=d"), "f"))
        .hasMessageContaining("unknown attribute(s)");
  }

  @Test
  void warnsOfWhatTheServiceCannotRead() throws IOException {
    List<Finding> findings = new ArrayList<>();
    Files.setPosixFilePermissions(
        store.resolve("catalog/catalog.attrs"), PosixFilePermissions.fromString("rw-------"));
    for (Path path = store;
        path != null && !path.equals(directory.getParent());
        path = path.getParent()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    try (FileRepository repository = SampleRepository.open(root)) {
      new Verification(repository, options()).run(repository.publishers(), findings::add);
    }
    assertThat(kinds(findings)).containsExactly(Finding.Kind.OPEN_PERMISSIONS);
    assertThat(findings.getFirst().fact(Finding.PATH)).endsWith("catalog.attrs");
  }

  @Test
  void refusesOtherVersions() {
    FileRepository.create(directory.resolve("three"), 3).close();
    try (FileRepository three = SampleRepository.open(directory.resolve("three"))) {
      assertThatThrownBy(() -> new Verification(three, options()))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("only version 4 repositories are supported");
    }
  }
}
