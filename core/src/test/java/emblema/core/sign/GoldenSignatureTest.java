package emblema.core.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.SignatureAction;
import emblema.core.error.MalformedException;
import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import emblema.core.fmri.Fmri;
import emblema.core.hash.PayloadFacts;
import emblema.core.hash.PayloadGzip;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.SignedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signatures that the reference made, and ours with the same keys. */
class GoldenSignatureTest {
  private static final List<Certificate> CHAIN =
      List.of(certificate("inter.pem"), certificate("root.pem"));
  private static final Trust ROOT =
      Trust.in(TrustAnchors.of(List.of(certificate("root.pem")), "etc/ssl/pkg"));

  private static byte[] golden(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            GoldenSignatureTest.class.getResourceAsStream("/golden/sign/" + name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Certificate certificate(String name) {
    return Certificate.read(golden(name), name);
  }

  private static Manifest manifest(String name) {
    return ManifestReader.read(new String(golden(name), StandardCharsets.UTF_8), name);
  }

  private static byte[] pem(String sha1) {
    return List.of(certificate("signer.pem"), CHAIN.get(0), CHAIN.get(1)).stream()
        .filter(each -> each.sha1().equals(sha1))
        .findFirst()
        .orElseThrow()
        .pem();
  }

  private static List<Reason> problems(Manifest manifest, Trust trust, SignaturePolicy policy) {
    return new PackageVerifier(trust, policy, GoldenSignatureTest::pem)
        .problems(manifest.fmri().orElseThrow(), SignedText.of(manifest)).stream()
            .map(UntrustedException::reason)
            .toList();
  }

  @Test
  void theReferencesSignaturesVerify() {
    for (SignaturePolicy policy :
        List.of(
            SignaturePolicy.VERIFY,
            SignaturePolicy.of(SignaturePolicy.Level.REQUIRE_SIGNATURES),
            SignaturePolicy.parse("require-names", List.of("Golden Signer", "Golden Root")))) {
      assertThat(problems(manifest("signed.p5m"), ROOT, policy)).isEmpty();
    }
    assertThat(problems(manifest("hash-signed.p5m"), ROOT, SignaturePolicy.VERIFY)).isEmpty();
  }

  @Test
  void aDigestDoesNotCountWhereSignaturesAreRequired() {
    assertThat(
            problems(
                manifest("hash-signed.p5m"),
                ROOT,
                SignaturePolicy.of(SignaturePolicy.Level.REQUIRE_SIGNATURES)))
        .containsExactly(Reason.SIGNATURE_REQUIRED);
  }

  @Test
  void ourSignaturesAreTheReferencesByteForByte() {
    Manifest golden = manifest("signed.p5m");
    List<String> expected = golden.actions(SignatureAction.class).map(ActionWriter::write).toList();
    Manifest unsigned =
        new Manifest(
            golden.actions().stream().filter(a -> !(a instanceof SignatureAction)).toList());
    SigningKey key = SigningKey.read(golden("signer.key"), "signer.key");
    List<String> ours = new ArrayList<>();
    for (var each :
        List.of(
            new PackageSigner(
                SignatureAlgorithm.RSA_SHA256,
                Optional.of(new PackageSigner.Identity(key, certificate("signer.pem"), CHAIN))),
            new PackageSigner(
                SignatureAlgorithm.RSA_SHA512,
                Optional.of(
                    new PackageSigner.Identity(
                        key, certificate("signer.pem"), CHAIN.subList(0, 1)))))) {
      ours.add(ActionWriter.write(each.sign(SignedText.of(unsigned), GoldenSignatureTest::stored)));
    }
    assertThat(ours).isEqualTo(expected);
    Manifest hashed = manifest("hash-signed.p5m");
    assertThat(
            ActionWriter.write(
                new PackageSigner(SignatureAlgorithm.SHA256, Optional.empty())
                    .sign(SignedText.of(hashed), GoldenSignatureTest::stored)))
        .isEqualTo(
            hashed.actions(SignatureAction.class).map(ActionWriter::write).findFirst().get());
  }

  static PayloadFacts stored(Certificate certificate) {
    try {
      return PayloadGzip.writeByZlib(certificate.pem(), OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theOrderOfActionsDoesNotMatter() {
    Manifest golden = manifest("signed.p5m");
    List<Action> reversed = new ArrayList<>(golden.actions());
    Collections.reverse(reversed);
    assertThat(problems(new Manifest(reversed), ROOT, SignaturePolicy.VERIFY)).isEmpty();
  }

  @Test
  void theSignedTextIsThatOfTheSpecification() {
    // the worked example of a small manifest: lists sorted, the signature without its value
    Manifest manifest =
        ManifestReader.read(
            """
            set name=variant.arch value=sparc value=i386
            depend fmri=pkg:/b fmri=pkg:/a type=require-any
            file abc path="a b" mode=0o644 owner=root group=$(X) expansion=$(ARCH)
            signature algorithm=sha256 value=00 version=0
            signature algorithm=sha512 value=11 version=0
            """,
            "worked");
    SignedText text = SignedText.of(manifest);
    SignatureAction first = text.signatures().getFirst();
    assertThat(written(text, first, SignedText.Form.QUOTED_EXPANSIONS))
        .isEqualTo(
            """
            depend fmri=pkg:/a fmri=pkg:/b type=require-any
            file abc expansion="$(ARCH)" group="$(X)" mode=0644 owner=root path="a b"
            set name=variant.arch value=i386 value=sparc
            signature algorithm=sha256 value="" version=0\
            """);
    assertThat(written(text, first, SignedText.Form.PLAIN_EXPANSIONS))
        .contains("file abc expansion=$(ARCH) group=$(X) mode");
    assertThat(text.forms(first)).hasSize(2);
  }

  private static String written(SignedText text, SignatureAction signature, SignedText.Form form) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text.write(signature, form, out::writeBytes);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPackageSignedByTheOtherFlavourVerifiesToo() {
    Manifest manifest =
        ManifestReader.read("set name=pkg.fmri value=pkg://p/a@1\nset name=x value=$(A)\n", "t");
    SignedText text = SignedText.of(manifest);
    SignatureAction unfinished =
        new PackageSigner(SignatureAlgorithm.SHA256, Optional.empty())
            .sign(text, GoldenSignatureTest::stored);
    for (SignedText.Form form : SignedText.Form.values()) {
      String value = PackageSigner.digest(SignatureAlgorithm.SHA256, text, unfinished, form);
      List<Action> actions = new ArrayList<>(manifest.actions());
      actions.add(unfinished.withAttributes(unfinished.attributes().with("value", value)));
      assertThat(problems(new Manifest(actions), ROOT, SignaturePolicy.VERIFY)).isEmpty();
    }
  }

  @Test
  void theSameSignatureTwiceIsNoticed() {
    Manifest golden = manifest("signed.p5m");
    SignedText text = SignedText.of(golden);
    assertThat(PackageSigner.isAlreadyIn(text, text.signatures().getFirst())).isTrue();
    SignatureAction almost =
        (SignatureAction)
            text.signatures()
                .getFirst()
                .withAttributes(text.signatures().getFirst().attributes().with("value", "00"));
    assertThatThrownBy(() -> PackageSigner.isAlreadyIn(text, almost))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("almost identical");
    List<Action> doubled = new ArrayList<>(golden.actions());
    doubled.add(text.signatures().getFirst());
    assertThatThrownBy(
            () ->
                PackageSigner.isAlreadyIn(
                    SignedText.of(new Manifest(doubled)), text.signatures().getFirst()))
        .hasMessageContaining("2 times");
    assertThat(
            PackageSigner.isAlreadyIn(
                SignedText.of(manifest("hash-signed.p5m")), text.signatures().getFirst()))
        .isFalse();
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    SigningKey other = SigningKey.read(golden("other.key"), "other.key");
    assertThatThrownBy(
            () -> new PackageSigner.Identity(other, certificate("signer.pem"), List.of()))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("the key does not belong to the certificate")
        .hasMessageContaining("commonName=Golden Signer");
  }

  @Test
  void saysWhichChainCertificatesHelpNobody() {
    SigningKey key = SigningKey.read(golden("signer.key"), "signer.key");
    Certificate other = certificate("other.pem");
    assertThat(
            new PackageSigner.Identity(
                    key, certificate("signer.pem"), List.of(CHAIN.get(0), CHAIN.get(1), other))
                .unrelated())
        .isEmpty(); // a self-signed one vouches for itself
    assertThat(
            new PackageSigner.Identity(key, certificate("signer.pem"), List.of(CHAIN.get(0)))
                .unrelated())
        .isEmpty();
    assertThat(
            new PackageSigner.Identity(
                    SigningKey.read(golden("other.key"), "k"), other, List.of(CHAIN.get(0)))
                .unrelated())
        .containsExactly(CHAIN.get(0));
  }

  @Test
  void aFileThatIsNoCertificateOrKeyIsNamed() {
    assertThatThrownBy(() -> Certificate.read("nothing".getBytes(StandardCharsets.UTF_8), "x.pem"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("'x.pem' was expected to be a PEM certificate");
    assertThatThrownBy(
            () ->
                Certificate.read(
                    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                        .getBytes(StandardCharsets.UTF_8),
                    "x.pem"))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> SigningKey.read(golden("signer.pem"), "x.key"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("'x.key' was expected to be a PEM private key");
  }

  @Test
  void certificatesAreNamedByTheirPemText() {
    assertThat(certificate("signer.pem").sha1())
        .isEqualTo("79469da7ac126ea2a1c280cb7013a60f97614066");
    assertThat(certificate("signer.pem").pem()).isEqualTo(golden("signer.pem"));
    assertThat(certificate("signer.pem").subject())
        .isEqualTo("countryName=XX, organizationName=Golden, commonName=Golden Signer");
    assertThat(Fmri.parse("pkg://alpha.example/test/signed@1.0,5.11-0.1:20250101T000058Z"))
        .isEqualTo(manifest("signed.p5m").fmri().orElseThrow());
  }
}
