package emblema.core.sign;

import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Whether a certificate was taken back, by the client's own list or by its authority's. */
final class RevocationCheck {
  private final Trust trust;
  private final ChainCheck chains;

  /** Certificates whose lists are being asked, so that lists of lists come to an end. */
  private final Set<Certificate> asking = new HashSet<>();

  RevocationCheck(Trust trust, ChainCheck chains) {
    this.trust = trust;
    this.chains = chains;
  }

  void require(Certificate certificate) {
    if (trust.revoked().contains(certificate.sha1())) {
      throw revoked(certificate, "its hash, " + certificate.sha1() + ", is on this image's list");
    }
    Optional<RevocationSource> source = trust.lists();
    if (source.isEmpty() || !asking.add(certificate)) {
      return;
    }
    try {
      for (String uri : distributionPoints(certificate)) {
        // a list that cannot be had, read or believed is ignored, as the reference does
        source
            .get()
            .list(uri)
            .filter(this::isBelieved)
            .flatMap(list -> list.reason(certificate))
            .ifPresent(
                reason -> {
                  throw revoked(certificate, "reason: " + reason + ", says " + uri);
                });
      }
    } finally {
      asking.remove(certificate);
    }
  }

  private boolean isBelieved(RevocationList list) {
    for (Certificate issuer : chains.named(list.issuer())) {
      if (list.isSignedBy(issuer)) {
        try {
          if (chains.isAnchor(issuer)) {
            ExtensionRules.check(issuer, Usage.LIST_SIGNING, 0);
          } else {
            chains.verify(issuer, Usage.LIST_SIGNING, new HashSet<>());
          }
          return true;
        } catch (UntrustedException e) {
          // another certificate of this name may do
        }
      }
    }
    return false;
  }

  private static List<String> distributionPoints(Certificate certificate) {
    List<String> uris = new ArrayList<>();
    Extension extension = certificate.holder().getExtension(Extension.cRLDistributionPoints);
    if (extension == null) {
      return uris;
    }
    try {
      for (DistributionPoint point :
          CRLDistPoint.getInstance(extension.getParsedValue()).getDistributionPoints()) {
        DistributionPointName name = point.getDistributionPoint();
        if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
          for (GeneralName each : GeneralNames.getInstance(name.getName()).getNames()) {
            if (each.getTagNo() == GeneralName.uniformResourceIdentifier
                && each.getName() instanceof ASN1String uri) {
              uris.add(uri.getString());
            }
          }
        }
      }
    } catch (RuntimeException e) {
      return uris; // not in a form that is understood: ignored
    }
    return uris;
  }

  private static UntrustedException revoked(Certificate certificate, String why) {
    return new UntrustedException(
        Reason.REVOKED,
        "the certificate whose subject is '" + certificate.subject() + "' is revoked",
        why,
        List.of("do not use this package: ask its publisher for one that is signed anew"));
  }
}
