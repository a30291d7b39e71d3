package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.EventSink;
import emblema.store.file.FileRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an image does about packages that the reference signed, honest and tampered with. */
class SignedPackagesTest {
  private static final String SIGNER = "79469da7ac126ea2a1c280cb7013a60f97614066";
  private static final String MIDDLE = "a636a995213bf2351538add371bcb50ace90ee60";
  private static final String ROOT = "8b50a70ec3bfd65a3c370fc14ebe575cf95c1da5";

  @TempDir Path directory;
  private Client client = new Client(Path.of(""));
  private Path image = Path.of("");

  @BeforeEach
  void createAnImage() throws IOException {
    Client.copy(GoldenSessionTest.golden("repo"), directory.resolve("repo"));
    client = new Client(directory);
    image = directory.resolve("img");
    ok("image-create", "-U", "--variant", "arch=i386", "-p", "file://repo", "img");
  }

  private Client.Run pkg(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "-R";
    all[1] = "img";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return client.run(all);
  }

  private Client.Run ok(String... arguments) {
    Client.Run run = arguments[0].equals("image-create") ? client.run(arguments) : pkg(arguments);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private Client.Run refused(String... arguments) {
    Client.Run run = pkg(arguments);
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(image.resolve("opt")).doesNotExist();
    assertThat(pkg("list").out()).doesNotContain("test/");
    return run;
  }

  private void trustTheRoot() throws IOException {
    Files.createDirectories(image.resolve("etc/ssl/pkg"));
    Files.copy(golden("root.pem"), image.resolve("etc/ssl/pkg/root.pem"));
  }

  private static Path golden(String name) {
    return GoldenSessionTest.golden("sign/" + name);
  }

  @Test
  void withoutATrustAnchorNothingIsInstalled() {
    Client.Run run = refused("install", "test/signed");
    assertThat(run.err())
        .contains(
            "pkg://alpha.example/test/signed@1.0",
            "self-signed certificate that is not trusted",
            "commonName=Golden Root",
            "etc/ssl/pkg",
            "--approve-ca-cert");
    assertThat(refused("install", "-n", "test/signed").err()).contains("Golden Root");
  }

  @Test
  void aTrustAnchorMakesThemInstallable() throws IOException {
    trustTheRoot();
    ok("install", "test/signed", "test/hash-signed");
    assertThat(image.resolve("opt/signed/file")).exists();
    Path certificates = image.resolve(".org.opensolaris,pkg/publisher/alpha.example/certs");
    assertThat(certificates.resolve(SIGNER)).hasSameBinaryContentAs(golden("signer.pem"));
    assertThat(certificates.resolve(MIDDLE)).hasSameBinaryContentAs(golden("inter.pem"));
    assertThat(ok("verify", "-v", "test/signed").out()).contains("test/signed", "OK");
  }

  @Test
  void anotherDirectoryMayHoldTheAnchors() throws IOException {
    Files.createDirectories(image.resolve("etc/certs/CA"));
    Files.copy(golden("root.pem"), image.resolve("etc/certs/CA/root.pem"));
    refused("install", "test/signed");
    ok("set-property", "trust-anchor-directory", "etc/certs/CA");
    ok("install", "test/signed");
  }

  @Test
  void anApprovedAuthorityIsTrustedForItsPublisherOnly() {
    ok("set-publisher", "--approve-ca-cert", golden("root.pem").toString(), "beta.example");
    refused("install", "test/signed");
    ok("set-publisher", "--approve-ca-cert", golden("root.pem").toString(), "alpha.example");
    assertThat(ok("publisher", "alpha.example").out()).contains("Approved CAs: " + ROOT);
    ok("install", "test/signed");
    ok("set-publisher", "--unset-ca-cert", ROOT, "alpha.example");
    assertThat(ok("publisher", "alpha.example").out()).doesNotContain("Approved CAs");
    assertThat(pkg("verify", "test/signed").status()).isEqualTo(1);
  }

  @Test
  void aRevokedCertificateIsNotTrustedHoweverGoodTheChain() throws IOException {
    trustTheRoot();
    ok("install", "test/signed");
    ok("set-publisher", "--revoke-ca-cert", SIGNER, "alpha.example");
    assertThat(ok("publisher", "alpha.example").out()).contains("Revoked CAs: " + SIGNER);
    Client.Run verify = pkg("verify", "test/signed");
    assertThat(verify.status()).isEqualTo(1);
    assertThat(verify.out())
        .contains(
            "signatures", "ERROR: a signature of 'pkg://alpha.example/test/signed", "revoked");
    ok("uninstall", "test/signed");
    assertThat(pkg("install", "test/signed").err()).contains("revoked", SIGNER);
  }

  @Test
  void thePolicyIgnoreLooksAtNothing() {
    ok("set-property", "signature-policy", "ignore");
    ok("install", "test/signed");
    assertThat(image.resolve("opt/signed/file")).exists();
  }

  @Test
  void wherePackagesMustBeSignedADigestIsNotEnough() throws IOException {
    trustTheRoot();
    ok("set-property", "signature-policy", "require-signatures");
    Client.Run run = refused("install", "test/hash-signed");
    assertThat(run.err())
        .contains(
            "the policy for 'alpha.example' requires signatures to be present",
            "test/hash-signed",
            "signature-policy");
    ok("install", "test/signed");
  }

  @Test
  void oneUnsignedPackageKeepsTheWholePlanFromHappening() throws IOException {
    trustTheRoot();
    ok("set-property", "signature-policy", "require-signatures");
    refused("install", "test/signed", "test/hash-signed");
  }

  @Test
  void aPublisherMayBeHeldToMoreThanTheImage() throws IOException {
    trustTheRoot();
    ok("set-publisher", "--set-property", "signature-policy=require-signatures", "alpha.example");
    refused("install", "test/hash-signed");
    ok("set-property", "signature-policy", "ignore");
    refused("install", "test/hash-signed");
  }

  @Test
  void requiredNamesMustBeSeenInAChain() throws IOException {
    trustTheRoot();
    ok("set-property", "signature-policy", "require-names", "Golden Signer", "Release Manager");
    assertThat(refused("install", "test/signed").err())
        .contains("required names couldn't be found", "Release Manager", "test/signed");
    ok("remove-property-value", "signature-required-names", "Release Manager");
    ok("install", "test/signed");
  }

  @Test
  void aManifestThatWasChangedInTheRepositoryIsRefused() throws IOException {
    trustTheRoot();
    tamper("mode=0644", "mode=4755");
    assertThat(refused("install", "test/signed").err())
        .contains("signature value did not match", "commonName=Golden Signer", "test/signed");
  }

  @Test
  void aPayloadThatWasExchangedInTheManifestIsRefused() throws IOException {
    trustTheRoot();
    tamper("0c251ef2fca485fd117c165c8a20692c0f1c7220", "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    assertThat(refused("install", "test/signed").err()).contains("did not match");
  }

  @Test
  void aSignatureThatWasTakenAwayIsMissedWhereOneIsRequired() throws IOException {
    trustTheRoot();
    ok("set-property", "signature-policy", "require-signatures");
    tamper("(?m)^signature .*\n", "");
    assertThat(refused("install", "test/signed").err()).contains("no signature was found");
  }

  /** Changes the signed manifest as somebody with access to the repository would. */
  private void tamper(String pattern, String replacement) throws IOException {
    Path manifest =
        directory.resolve(
            "repo/publisher/alpha.example/pkg/test%2Fsigned/1.0%2C5.11-0.1%3A20250101T000058Z");
    String text = Files.readString(manifest);
    assertThat(text.replaceAll(pattern, replacement)).isNotEqualTo(text);
    Files.writeString(manifest, text.replaceAll(pattern, replacement));
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      assertThat(repository.rebuildCatalog("alpha.example", Clock.systemUTC(), EventSink.QUIET))
          .isPositive();
    }
    ok("refresh", "--full");
  }

  @Test
  void aCertificateThatWasExchangedInTheRepositoryIsRefused() throws IOException {
    trustTheRoot();
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      Files.copy(golden("other.pem"), out);
    }
    Files.write(
        directory.resolve("repo/publisher/alpha.example/file/79/" + SIGNER), gzip.toByteArray());
    assertThat(refused("install", "test/signed").err()).contains(SIGNER, "damaged");
  }

  @Test
  void aDamagedCertificateInTheImageIsFetchedAgain() throws IOException {
    trustTheRoot();
    Path stored =
        image.resolve(".org.opensolaris,pkg/publisher/alpha.example/certs").resolve(SIGNER);
    Files.createDirectories(stored.getParent());
    Files.writeString(stored, "damaged");
    ok("install", "test/signed");
    assertThat(stored).hasSameBinaryContentAs(golden("signer.pem"));
  }

  @Test
  void expiredCertificatesAreRefusedWhereThatIsAskedFor() throws IOException {
    trustTheRoot();
    ok("set-property", "check-certificate-validity", "True");
    ok("install", "-n", "test/signed"); // the test's clock is in the certificates' time
    ok("set-property", "check-certificate-revocation", "True");
    ok("install", "test/signed"); // none of the certificates names a list
  }

  @Test
  void mistakesAreToldBeforeAnythingChanges() throws IOException {
    assertThat(pkg("set-publisher", "--approve-ca-cert", "none.pem", "alpha.example").status())
        .isEqualTo(2);
    assertThat(pkg("set-publisher", "--revoke-ca-cert", "xyz", "alpha.example").err())
        .contains("'xyz' is not the hash of a certificate");
    assertThat(pkg("set-publisher", "--unset-ca-cert", ROOT, "alpha.example").err())
        .contains("no certificate '" + ROOT + "' is approved or revoked");
    Files.writeString(directory.resolve("no.pem"), "nothing", StandardCharsets.UTF_8);
    assertThat(pkg("set-publisher", "--approve-ca-cert", "no.pem", "alpha.example").err())
        .contains("expected to be a PEM certificate");
    assertThat(pkg("set-property", "signature-policy", "sometimes").status()).isEqualTo(2);
    assertThat(pkg("set-property", "signature-policy", "require-names").status()).isEqualTo(2);
  }
}
