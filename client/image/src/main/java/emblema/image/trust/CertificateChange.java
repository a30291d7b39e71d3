package emblema.image.trust;

import emblema.core.config.PythonLiteral;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.sign.Certificate;
import emblema.image.image.Image;
import emblema.image.image.PublisherConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What shall change about the certificates that a publisher's packages may rest on (spec signing,
 * section 5).
 *
 * @param approve become trust anchors for this publisher
 * @param revoke hashes of certificates that must not stand in any chain
 * @param unset hashes that are neither approved nor revoked from now on
 */
public record CertificateChange(
    List<Certificate> approve, List<String> revoke, List<String> unset) {
  private static final String APPROVED = "approved_ca_certs";
  private static final String REVOKED = "revoked_ca_certs";

  public CertificateChange {
    approve = List.copyOf(approve);
    revoke = List.copyOf(revoke);
    unset = List.copyOf(unset);
    for (String hash : revoke) {
      requireHash(hash);
    }
    unset.forEach(CertificateChange::requireHash);
  }

  private static void requireHash(String hash) {
    if (!hash.matches("[0-9a-f]{40}")) {
      throw new UsageException(
          "'" + hash + "' is not the hash of a certificate",
          "it is the SHA-1 of its PEM text: 40 hex digits, as 'pkg publisher NAME' shows them");
    }
  }

  public boolean isEmpty() {
    return approve.isEmpty() && revoke.isEmpty() && unset.isEmpty();
  }

  /** The hashes of approved certificates. */
  public static List<String> approved(PublisherConfig publisher) {
    return hashes(publisher, APPROVED);
  }

  /** The hashes of revoked certificates. */
  public static List<String> revoked(PublisherConfig publisher) {
    return hashes(publisher, REVOKED);
  }

  private static List<String> hashes(PublisherConfig publisher, String name) {
    return PythonLiteral.readTexts(
        publisher.values().getOrDefault(name, ""),
        "pkg5.image: publisher '" + publisher.prefix() + "': " + name);
  }

  /** Keeps the approved certificates in the image, before the configuration names them. */
  public void store(Image image, String prefix) {
    for (Certificate each : approve) {
      PublisherCertificates.store(image, prefix, each.sha1(), each.pem());
    }
  }

  /** The publisher with the change made. */
  public PublisherConfig applyTo(PublisherConfig publisher) {
    List<String> approved = new ArrayList<>(approved(publisher));
    List<String> revoked = new ArrayList<>(revoked(publisher));
    for (Certificate each : approve) {
      move(each.sha1(), revoked, approved);
    }
    for (String hash : revoke) {
      move(hash, approved, revoked);
    }
    for (String hash : unset) {
      boolean known = approved.remove(hash);
      if (!revoked.remove(hash) && !known) {
        throw new NotFoundException(
            "no certificate '"
                + hash
                + "' is approved or revoked for publisher '"
                + publisher.prefix()
                + "'",
            "'pkg publisher " + publisher.prefix() + "' lists them");
      }
    }
    return publisher
        .with(APPROVED, PythonLiteral.writeTexts(approved))
        .with(REVOKED, PythonLiteral.writeTexts(revoked));
  }

  private static void move(String hash, List<String> from, List<String> to) {
    from.remove(hash);
    if (!to.contains(hash)) {
      to.add(hash);
    }
  }
}
