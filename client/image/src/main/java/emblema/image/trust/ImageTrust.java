package emblema.image.trust;

import emblema.core.config.PythonLiteral;
import emblema.core.error.UntrustedException;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.SignedText;
import emblema.core.sign.PackageVerifier;
import emblema.core.sign.SignaturePolicy;
import emblema.core.sign.Trust;
import emblema.core.sign.TrustAnchors;
import emblema.image.image.Image;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherConfig;
import emblema.image.transport.Transport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks packages against the signature policies of the image and of their publishers (spec
 * signing, section 6). Manifests must be in the image; certificates are fetched where they are
 * missing. Not for use by several threads.
 */
public final class ImageTrust {
  private static final byte[] SIGNATURE = "signature ".getBytes(StandardCharsets.US_ASCII);

  private final Image image;
  private final Transport transport;
  private final Instant now;
  private final Map<String, Checks> byPublisher = new HashMap<>();

  /** What is done for the packages of one publisher. */
  private record Checks(SignaturePolicy policy, Optional<PackageVerifier> verifier) {}

  /**
   * @param transport fetches certificates, and revocation lists if the image asks for them
   */
  public ImageTrust(Image image, Transport transport, Instant now) {
    this.image = image;
    this.transport = transport;
    this.now = now;
  }

  /**
   * Refuses an operation if one of its packages is not allowed.
   *
   * @throws UntrustedException of the first such package
   */
  public void require(Collection<Fmri> packages) {
    for (Fmri fmri : packages) {
      List<UntrustedException> problems = problems(fmri);
      if (!problems.isEmpty()) {
        throw problems.getFirst();
      }
    }
  }

  /** All that the policies have against a package; none if it is allowed. */
  public List<UntrustedException> problems(Fmri fmri) {
    Checks checks = byPublisher.computeIfAbsent(fmri.publisherIfAny().orElse(""), this::checksFor);
    if (checks.verifier().isEmpty()) {
      return List.of();
    }
    byte[] manifest = image.manifestBytes(fmri);
    boolean required =
        checks.policy().level().compareTo(SignaturePolicy.Level.REQUIRE_SIGNATURES) >= 0;
    if (!required && !mentionsASignature(manifest)) {
      return List.of();
    }
    SignedText.Builder text = new SignedText.Builder();
    ManifestReader.stream(
        new ByteArrayInputStream(manifest),
        image.disk().describe(image.layout().manifest(fmri)),
        text::take);
    return checks.verifier().get().problems(fmri, text.build());
  }

  /** Most packages are not signed, and need not be read for that. */
  private static boolean mentionsASignature(byte[] manifest) {
    for (int at = 0; at + SIGNATURE.length <= manifest.length; at++) {
      if (manifest[at] == SIGNATURE[0]
          && java.util.Arrays.equals(
              manifest, at, at + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
        return true;
      }
    }
    return false;
  }

  private Checks checksFor(String prefix) {
    ImageConfig config = image.config();
    Optional<PublisherConfig> publisher = config.publisher(prefix);
    SignaturePolicy policy =
        SignaturePolicy.parse(
            config.property("signature-policy").orElse(""),
            config.listProperty("signature-required-names"));
    if (publisher.isPresent()) {
      policy = policy.and(policyOf(publisher.get()));
    }
    if (policy.level() == SignaturePolicy.Level.IGNORE) {
      return new Checks(policy, Optional.empty());
    }
    PublisherCertificates certificates = new PublisherCertificates(image, prefix, transport);
    return new Checks(
        policy,
        Optional.of(
            new PackageVerifier(trust(config, publisher, certificates), policy, certificates)));
  }

  private static SignaturePolicy policyOf(PublisherConfig publisher) {
    Optional<String> word = publisher.property("signature-policy");
    return word.isEmpty()
        ? SignaturePolicy.of(SignaturePolicy.Level.IGNORE) // says nothing: the image decides
        : SignaturePolicy.parse(
            word.get(),
            PythonLiteral.readTexts(
                publisher.property("signature-required-names").orElse(""),
                "signature-required-names of publisher '" + publisher.prefix() + "'"));
  }

  private Trust trust(
      ImageConfig config, Optional<PublisherConfig> publisher, PublisherCertificates certificates) {
    TrustAnchors anchors = TrustAnchors.read(image.disk(), anchorDirectory(config));
    Trust trust =
        publisher
            .map(
                each ->
                    Trust.in(anchors.with(certificates.approved(each)))
                        .without(new HashSet<>(CertificateChange.revoked(each))))
            .orElseGet(() -> Trust.in(anchors));
    if (config.isTrue("check-certificate-revocation")) {
      trust =
          trust.asking(new RevocationLists(image, certificates.prefix(), transport::document, now));
    }
    return config.isTrue("check-certificate-validity") ? trust.validAt(now) : trust;
  }

  /** Relative to the image, whether it is written with a slash or without. */
  private static SafePath anchorDirectory(ImageConfig config) {
    String typed = config.property("trust-anchor-directory").orElse("");
    String name = typed.isEmpty() || typed.equals("DEFAULT") ? "etc/ssl/pkg" : typed;
    return SafePath.of(name.replaceFirst("^/+", "").replaceFirst("/+$", ""));
  }
}
