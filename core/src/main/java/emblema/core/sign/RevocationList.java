package emblema.core.sign;

import emblema.core.error.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** A certificate revocation list, DER or PEM. */
public final class RevocationList {
  private static final String[] REASONS = {
    "unspecified",
    "key_compromise",
    "ca_compromise",
    "affiliation_changed",
    "superseded",
    "cessation_of_operation",
    "certificate_hold",
    "",
    "remove_from_crl",
    "privilege_withdrawn",
    "aa_compromise"
  };

  private final X509CRLHolder holder;

  private RevocationList(X509CRLHolder holder) {
    this.holder = holder;
  }

  /**
   * @param source named in errors
   */
  public static RevocationList read(byte[] bytes, String source) {
    try {
      byte[] der = bytes.length > 0 && bytes[0] == '-' ? unwrapped(bytes) : bytes;
      return new RevocationList(new X509CRLHolder(der));
    } catch (IOException | RuntimeException e) {
      throw MalformedException.listing(
          "'" + source + "' is not a certificate revocation list",
          List.of(String.valueOf(e.getMessage())));
    }
  }

  private static byte[] unwrapped(byte[] pem) throws IOException {
    try (PemReader reader =
        new PemReader(
            new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.US_ASCII))) {
      PemObject object = reader.readPemObject();
      if (object == null) {
        throw new IOException("there is no PEM object in it");
      }
      return object.getContent();
    }
  }

  /** When a newer list will be there, if it says so. */
  public Optional<Instant> nextUpdate() {
    return Optional.ofNullable(holder.getNextUpdate()).map(date -> date.toInstant());
  }

  X500Name issuer() {
    return holder.getIssuer();
  }

  boolean isSignedBy(Certificate issuer) {
    return RsaSignatures.isSigned(holder, issuer);
  }

  /** Why the certificate is revoked, if it is. */
  Optional<String> reason(Certificate certificate) {
    X509CRLEntryHolder entry = holder.getRevokedCertificate(certificate.serial());
    if (entry == null || !certificate.issuerName().equals(holder.getIssuer())) {
      return Optional.empty();
    }
    Extension extension = entry.getExtension(Extension.reasonCode);
    if (extension == null) {
      return Optional.of("unspecified");
    }
    try {
      int value =
          CRLReason.getInstance(ASN1Enumerated.getInstance(extension.getParsedValue()))
              .getValue()
              .intValue();
      return Optional.of(value >= 0 && value < REASONS.length ? REASONS[value] : "reason " + value);
    } catch (RuntimeException e) {
      return Optional.of("unspecified");
    }
  }
}
