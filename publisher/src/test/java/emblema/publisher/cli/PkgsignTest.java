package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.fmri.Fmri;
import emblema.store.catalog.CatalogEntry;
import emblema.store.file.FileRepository;
import emblema.store.transaction.Transaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference's session of signing again, in a repository with the same unsigned packages. */
class PkgsignTest {
  private static final String PAYLOAD = "0c251ef2fca485fd117c165c8a20692c0f1c7220";
  private static final List<String> CERTIFICATES =
      List.of(
          "79469da7ac126ea2a1c280cb7013a60f97614066",
          "a636a995213bf2351538add371bcb50ace90ee60",
          "8b50a70ec3bfd65a3c370fc14ebe575cf95c1da5");
  private static final Fmri SIGNED =
      Fmri.parse("pkg://alpha.example/test/signed@1.0,5.11-0.1:20250101T000058Z");
  private static final Fmri HASHED =
      Fmri.parse("pkg://alpha.example/test/hash-signed@1.0,5.11-0.1:20250101T000058Z");

  @TempDir Path directory;

  private static byte[] golden(String name) {
    try (InputStream in =
        Objects.requireNonNull(PkgsignTest.class.getResourceAsStream("/golden/sign/" + name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void makeTheRepositoryAsItWasBeforeSigning() throws IOException {
    Files.createDirectories(directory.resolve("ca"));
    for (String name :
        List.of("signer.key", "signer.pem", "inter.pem", "root.pem", "other.key", "other.pem")) {
      Files.write(directory.resolve("ca/" + name), golden(name));
    }
    try (FileRepository repository = FileRepository.create(directory.resolve("repo"))) {
      repository.addPublisher("alpha.example", CommandRun.CLOCK);
      publish(repository, SIGNED, unsigned("signed.p5m"));
      publish(repository, HASHED, unsigned("hash-signed.p5m"));
    }
  }

  private static String unsigned(String golden) {
    return new String(golden(golden), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("signature "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static void publish(FileRepository repository, Fmri fmri, String manifest) {
    Transaction transaction = repository.transactions(CommandRun.CLOCK).open(fmri);
    transaction.upload(PAYLOAD, new ByteArrayInputStream(golden(PAYLOAD)));
    transaction.addManifest(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
    assertThat(transaction.close(true)).isEqualTo(fmri);
  }

  private CommandRun pkgsign(String... arguments) {
    return CommandRun.of(PkgsignMain.program(), directory, arguments);
  }

  private CommandRun sign(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-s", "repo", "-k", "ca/signer.key", "-c", "ca/signer.pem", "-i", "ca/inter.pem"));
    arguments.addAll(List.of(more));
    return pkgsign(arguments.toArray(String[]::new));
  }

  private String manifest(Fmri fmri) {
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      return new String(repository.manifest(fmri), StandardCharsets.UTF_8);
    }
  }

  @Test
  void makesTheManifestsThatTheReferenceMade() throws IOException {
    CommandRun first = sign("-i", "ca/root.pem", "test/signed");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out())
        .isEqualTo("Signed pkg://alpha.example/test/signed@1.0-0.1:20250101T000058Z\n");
    CommandRun almost = sign("test/signed");
    assertThat(almost.status()).isEqualTo(1);
    assertThat(almost.out()).isEmpty();
    assertThat(almost.err())
        .contains("almost identical", CERTIFICATES.getFirst(), "rsa-sha256", SIGNED.toString());
    assertThat(sign("-a", "rsa-sha512", "test/signed").status()).isZero();
    assertThat(pkgsign("-s", "repo", "-a", "sha256", "test/hash-signed").out())
        .isEqualTo("Signed pkg://alpha.example/test/hash-signed@1.0-0.1:20250101T000058Z\n");
    assertThat(manifest(SIGNED))
        .isEqualTo(new String(golden("signed.p5m"), StandardCharsets.UTF_8));
    assertThat(manifest(HASHED))
        .isEqualTo(new String(golden("hash-signed.p5m"), StandardCharsets.UTF_8));
    for (String sha1 : CERTIFICATES) {
      assertThat(
              directory.resolve(
                  "repo/publisher/alpha.example/file/" + sha1.substring(0, 2) + "/" + sha1))
          .hasBinaryContent(golden(sha1));
    }
  }

  @Test
  void theCatalogKnowsTheNewManifest() {
    assertThat(sign("test/signed").status()).isZero();
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      List<CatalogEntry> entries = new ArrayList<>();
      repository.catalog("alpha.example").forEach(entries::add);
      assertThat(entries)
          .filteredOn(entry -> entry.fmri().equals(SIGNED))
          .singleElement()
          .satisfies(
              entry ->
                  assertThat(entry.manifestSha1())
                      .isEqualTo(
                          emblema.core.hash.Digest.SHA1.hex(
                              manifest(SIGNED).getBytes(StandardCharsets.UTF_8))));
    }
  }

  @Test
  void signsTheSameOnlyOnceAndInSilence() {
    assertThat(sign("test/signed").status()).isZero();
    String manifest = manifest(SIGNED);
    CommandRun again = sign("test/signed");
    assertThat(again.status()).isZero();
    assertThat(again.out()).isEmpty();
    assertThat(again.err().lines()).allMatch(line -> line.endsWith(", not now")); // the clock's
    assertThat(manifest(SIGNED)).isEqualTo(manifest);
  }

  @Test
  void aTrialChangesNothing() {
    String manifest = manifest(SIGNED);
    CommandRun trial = sign("-n", "--sign-all");
    assertThat(trial.status()).isZero();
    assertThat(trial.out())
        .isEqualTo(
            """
            Signed pkg://alpha.example/test/hash-signed@1.0-0.1:20250101T000058Z
            Signed pkg://alpha.example/test/signed@1.0-0.1:20250101T000058Z
            """);
    assertThat(manifest(SIGNED)).isEqualTo(manifest);
    assertThat(directory.resolve("repo/publisher/alpha.example/trans"))
        .satisfiesAnyOf(
            path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
  }

  @Test
  void onePackageThatFailsDoesNotKeepTheOthers() {
    assertThat(sign("-i", "ca/root.pem", "test/signed").status()).isZero();
    CommandRun run = sign("*");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out())
        .isEqualTo("Signed pkg://alpha.example/test/hash-signed@1.0-0.1:20250101T000058Z\n");
    assertThat(run.err()).contains("could not be signed", SIGNED.toString(), "almost identical");
  }

  @Test
  void aPatternThatMatchesNothingKeepsAllFromBeingSigned() {
    CommandRun run = sign("test/signed", "nosuch");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("did not match any packages:", "nosuch");
    assertThat(manifest(SIGNED)).doesNotContain("signature ");
  }

  @Test
  void aKeyOfAnotherCertificateIsRefusedBeforeAnythingIsWritten() {
    CommandRun run =
        pkgsign("-s", "repo", "-k", "ca/other.key", "-c", "ca/signer.pem", "test/signed");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("the key does not belong to the certificate");
    assertThat(manifest(SIGNED)).doesNotContain("signature ");
  }

  @Test
  void warnsOfCertificatesThatHelpNobody() {
    CommandRun run = sign("-n", "-i", "ca/other.pem", "test/signed");
    assertThat(run.status()).isZero();
    assertThat(run.err()).contains("valid from 2026-11-20", "not now");
    CommandRun alone =
        pkgsign(
            "-n",
            "-s",
            "repo",
            "-k",
            "ca/other.key",
            "-c",
            "ca/other.pem",
            "-i",
            "ca/inter.pem",
            "test/signed");
    assertThat(alone.err()).contains("commonName=Golden Intermediate' issued none of the others");
  }

  @Test
  void mistakesOnTheCommandLineEndWithTwo() {
    usage("a repository must be provided", "x");
    usage("its associated certificate must be given", "-s", "repo", "-k", "ca/signer.key", "x");
    usage("its associated key must be given", "-s", "repo", "-c", "ca/signer.pem", "x");
    usage("only valid if a key and certificate", "-s", "repo", "-i", "ca/inter.pem", "x");
    usage("at least one fmri or pattern", "-s", "repo");
    usage("'rsa-md5' is not a recognized", "-s", "repo", "-a", "rsa-md5", "x");
    usage("requires that a key and certificate", "-s", "repo", "-a", "rsa-sha256", "x");
    usage(
        "does not use a key",
        "-s",
        "repo",
        "-a",
        "sha256",
        "-k",
        "ca/signer.key",
        "-c",
        "ca/signer.pem",
        "x");
    usage("isn't a file", "-s", "repo", "-k", "ca/none", "-c", "ca/signer.pem", "x");
    usage("isn't a file", "-s", "repo", "-k", "ca/signer.key", "-c", "ca", "x");
  }

  private void usage(String words, String... arguments) {
    CommandRun run = pkgsign(arguments);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(words);
  }

  @Test
  void theRepositoryMayBeNamedByTheEnvironment() {
    CommandRun run =
        CommandRun.of(
            PkgsignMain.program(),
            directory,
            Map.of("PKG_REPO", directory.resolve("repo").toString()),
            "-n",
            "test/signed");
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void aRepositoryThatIsNoneIsNamed() {
    CommandRun run = pkgsign("-s", "ca", "x");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("ca");
  }

  @Test
  void aReleaseOfMastersIsSignedWhenItIsPublishedAndTheNextOneStillSeesWhatChanged()
      throws IOException {
    Files.createDirectories(directory.resolve("one/opt/a"));
    Files.writeString(directory.resolve("one/opt/a/x"), "1");
    Files.createDirectories(directory.resolve("two/opt/a"));
    Files.writeString(directory.resolve("two/opt/a/x"), "2");
    CommandRun first = master("baseline", "--release", "1", "-R", "one");
    assertThat(first.status()).as(first.err()).isZero();
    CommandRun unsigned = master("publish", "--release", "2", "-A", "one", "-R", "two");
    assertThat(unsigned.status()).as(unsigned.err()).isZero();
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      List<Fmri> published = new ArrayList<>();
      repository.catalog("m.example").forEach(entry -> published.add(entry.fmri()));
      assertThat(published).hasSizeGreaterThan(3);
      for (Fmri each : published) {
        assertThat(manifest(each)).as(each.toString()).contains("\nsignature ");
      }
    }
    assertThat(master("publish", "--release", "3", "-A", "two", "-R", "two").status()).isEqualTo(4);
  }

  @Test
  void aKeyThatCannotBeReadStopsBeforeAnythingIsPublished() throws IOException {
    Files.createDirectories(directory.resolve("one/opt/a"));
    Files.writeString(directory.resolve("ca/signer.key"), "no key");
    CommandRun run = master("baseline", "--release", "1", "-R", "one");

    assertThat(run.status()).isNotZero();
    assertThat(run.err()).contains("ca/signer.key");
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      assertThat(repository.publishers()).doesNotContain("m.example");
    }
  }

  private CommandRun master(String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("-s", "repo", "--publisher", "m.example", "--no-cache"));
    words.addAll(List.of("--sign-key", "ca/signer.key", "--sign-cert", "ca/signer.pem"));
    words.addAll(List.of("--sign-chain", "ca/inter.pem"));
    return CommandRun.of(PkgmasterMain.program(), directory, words.toArray(String[]::new));
  }
}
