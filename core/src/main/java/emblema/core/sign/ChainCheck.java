package emblema.core.sign;

import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Climbs from a certificate to a trust anchor (spec signing, section 5). */
final class ChainCheck {
  /** No chain of people is longer; of cross-signed certificates one could be endless. */
  private static final int LONGEST = 32;

  private final Trust trust;
  private final List<Certificate> known;
  private final RevocationCheck revocation;

  /**
   * @param known certificates that may stand between a signature and an anchor
   */
  ChainCheck(Trust trust, Collection<Certificate> known) {
    this.trust = trust;
    this.known = List.copyOf(known);
    this.revocation = new RevocationCheck(trust, this);
  }

  /**
   * @param names still wanted as common names; those that are seen are removed
   * @throws UntrustedException if no anchor vouches for the certificate
   */
  void verify(Certificate leaf, Usage usage, Set<String> names) {
    ExtensionRules.check(leaf, usage, 0);
    requireUsable(leaf);
    List<UntrustedException> remembered = new ArrayList<>();
    boolean verified = false;
    Certificate current = leaf;
    for (int depth = 0; depth < LONGEST; depth++) {
      current.commonNames().forEach(names::remove);
      for (Certificate anchor : anchorsOf(current)) {
        verified = true;
        anchor.commonNames().forEach(names::remove);
      }
      if (verified && names.isEmpty()) {
        return;
      }
      if (current.isSelfIssued()) {
        if (!verified) {
          throw selfSigned(current);
        }
        return;
      }
      @Nullable Certificate issuer = issuerOf(current, depth, remembered);
      if (issuer == null) {
        break;
      }
      current = issuer;
    }
    if (!verified) {
      throw broken(current, remembered);
    }
  }

  private List<Certificate> anchorsOf(Certificate certificate) {
    return trust.anchors().named(certificate.issuerName()).stream()
        .filter(certificate::isSignedBy)
        .filter(anchor -> !isOutOfTime(anchor))
        .toList();
  }

  private @Nullable Certificate issuerOf(
      Certificate current, int depth, List<UntrustedException> remembered) {
    for (Certificate candidate : known) {
      if (candidate.subjectName().equals(current.issuerName())
          && ExtensionRules.isAuthority(candidate)
          && current.isSignedBy(candidate)) {
        try {
          ExtensionRules.check(candidate, Usage.CERTIFICATE_SIGNING, depth);
          requireUsable(candidate);
          return candidate;
        } catch (UntrustedException e) {
          remembered.add(e);
        }
      }
    }
    return null;
  }

  private void requireUsable(Certificate certificate) {
    revocation.require(certificate);
    if (isOutOfTime(certificate)) {
      throw new UntrustedException(
          Reason.NOT_VALID_NOW,
          "the certificate whose subject is '" + certificate.subject() + "' is not valid now",
          "valid from " + certificate.notBefore() + " until " + certificate.notAfter(),
          List.of(
              "the property 'check-certificate-validity' asks for this check;"
                  + " check the clock too"));
    }
  }

  private boolean isOutOfTime(Certificate certificate) {
    Optional<Instant> moment = trust.validAt();
    return moment.isPresent()
        && (moment.get().isBefore(certificate.notBefore())
            || moment.get().isAfter(certificate.notAfter()));
  }

  /** The certificates that may have this name: anchors first. */
  List<Certificate> named(org.bouncycastle.asn1.x500.X500Name name) {
    List<Certificate> all = new ArrayList<>(trust.anchors().named(name));
    known.stream().filter(each -> each.subjectName().equals(name)).forEach(all::add);
    return all;
  }

  boolean isAnchor(Certificate certificate) {
    return trust.anchors().certificates().contains(certificate);
  }

  private UntrustedException selfSigned(Certificate certificate) {
    return new UntrustedException(
        Reason.SELF_SIGNED,
        "the chain ends with a self-signed certificate that is not trusted: '"
            + certificate.subject()
            + "'",
        unusable(),
        List.of(trustHint(certificate)));
  }

  private UntrustedException broken(Certificate last, List<UntrustedException> remembered) {
    List<String> lines = new ArrayList<>();
    lines.add("the issuer is '" + last.issuer() + "', for which there is no usable certificate");
    remembered.forEach(
        each -> {
          lines.add(String.valueOf(each.getMessage()));
          each.detail().ifPresent(lines::add);
        });
    String bad = unusable();
    if (bad != null) {
      lines.add(bad);
    }
    return new UntrustedException(
        Reason.BROKEN_CHAIN,
        "the chain of certificates is broken at '" + last.subject() + "'",
        String.join("\n", lines),
        List.of(trustHint(last)));
  }

  private String trustHint(Certificate certificate) {
    return "if you trust '"
        + certificate.issuer()
        + "', put its certificate into "
        + trust.anchors().place()
        + " or approve it with 'pkg set-publisher --approve-ca-cert FILE PUBLISHER'";
  }

  private @Nullable String unusable() {
    return trust.anchors().unusable().isEmpty()
        ? null
        : "no certificate could be read from: " + String.join(", ", trust.anchors().unusable());
  }
}
