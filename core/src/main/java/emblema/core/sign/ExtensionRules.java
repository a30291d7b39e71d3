package emblema.core.sign;

import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/** What the extensions of a certificate must say for it to be used (spec signing, section 5). */
final class ExtensionRules {
  private static final Map<ASN1ObjectIdentifier, String> NAMES =
      Map.of(
          Extension.basicConstraints, "basicConstraints",
          Extension.keyUsage, "keyUsage",
          Extension.extendedKeyUsage, "extendedKeyUsage",
          Extension.nameConstraints, "nameConstraints",
          Extension.policyConstraints, "policyConstraints",
          Extension.certificatePolicies, "certificatePolicies",
          Extension.subjectAlternativeName, "subjectAltName",
          Extension.issuerAlternativeName, "issuerAltName",
          Extension.inhibitAnyPolicy, "inhibitAnyPolicy");

  /** Bits of key usages with their names, in their order. */
  private static final Object[][] BITS = {
    {KeyUsage.digitalSignature, "digital_signature"},
    {KeyUsage.nonRepudiation, "content_commitment"},
    {KeyUsage.keyEncipherment, "key_encipherment"},
    {KeyUsage.dataEncipherment, "data_encipherment"},
    {KeyUsage.keyAgreement, "key_agreement"},
    {KeyUsage.keyCertSign, "key_cert_sign"},
    {KeyUsage.cRLSign, "crl_sign"},
    {KeyUsage.encipherOnly, "encipher_only"},
    {KeyUsage.decipherOnly, "decipher_only"},
  };

  private static final int UNDERSTOOD =
      KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign;

  private final Certificate certificate;
  private final @Nullable Extensions extensions;

  private ExtensionRules(Certificate certificate) {
    this.certificate = certificate;
    this.extensions = certificate.holder().getExtensions();
  }

  /**
   * @param below how many authorities stand between the certificate and the signing one
   * @throws UntrustedException if it must not be used so
   */
  static void check(Certificate certificate, Usage usage, int below) {
    new ExtensionRules(certificate).check(usage, below);
  }

  /** Whether it may vouch for others: an authority whose key may sign certificates. */
  static boolean isAuthority(Certificate certificate) {
    ExtensionRules rules = new ExtensionRules(certificate);
    try {
      BasicConstraints constraints = BasicConstraints.fromExtensions(rules.extensions);
      KeyUsage usage = KeyUsage.fromExtensions(rules.extensions);
      return constraints != null
          && constraints.isCA()
          && (usage == null || usage.hasUsages(KeyUsage.keyCertSign));
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void check(Usage usage, int below) {
    if (extensions == null) {
      return; // nothing said, nothing restricted
    }
    for (ASN1ObjectIdentifier id : extensions.getExtensionOIDs()) {
      Extension extension = extensions.getExtension(id);
      boolean known = id.equals(Extension.basicConstraints) || id.equals(Extension.keyUsage);
      if (!known && extension.isCritical()) {
        throw critical(extension);
      }
    }
    BasicConstraints constraints;
    KeyUsage keys;
    try {
      constraints = BasicConstraints.fromExtensions(extensions);
      keys = KeyUsage.fromExtensions(extensions);
    } catch (RuntimeException e) {
      throw untrusted(
          Reason.INVALID_EXTENSIONS, "has invalid extensions", String.valueOf(e.getMessage()));
    }
    checkConstraints(constraints, usage, below);
    if (keys != null) {
      checkKeys(keys, usage);
    }
  }

  private void checkConstraints(@Nullable BasicConstraints constraints, Usage usage, int below) {
    if (constraints == null) {
      return;
    }
    BigInteger limit = constraints.getPathLenConstraint();
    if (limit != null && limit.compareTo(BigInteger.valueOf(below)) < 0) {
      throw untrusted(
          Reason.PATH_TOO_LONG,
          "allows at most "
              + limit
              + " authorities between itself and a signature, but here are "
              + below,
          null);
    }
    if (usage == Usage.CERTIFICATE_SIGNING && !constraints.isCA()) {
      throw unfit(usage, "basicConstraints", "CA:FALSE");
    }
  }

  private void checkKeys(KeyUsage keys, Usage usage) {
    List<String> names = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Object[] bit : BITS) {
      int mask = (Integer) bit[0];
      if (keys.hasUsages(mask)) {
        names.add((String) bit[1]);
        if ((mask & UNDERSTOOD) == 0) {
          problems.add((String) bit[1]);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw untrusted(
          Reason.UNSUPPORTED_EXTENSION_VALUE,
          "has an extension with a value that pkg does not understand",
          "Extension name: keyUsage\nExtension value: "
              + String.join(", ", names)
              + "\nProblematic value: "
              + String.join(", ", problems));
    }
    if (!keys.hasUsages(usage.bit())) {
      throw unfit(usage, "keyUsage", String.join(", ", names));
    }
  }

  private UntrustedException unfit(Usage usage, String name, String value) {
    return untrusted(
        Reason.INAPPROPRIATE_USE,
        "is used " + usage.words() + ", which it may not be used for",
        "Extension name: " + name + "\nExtension value: " + value);
  }

  private UntrustedException critical(Extension extension) {
    String name = NAMES.getOrDefault(extension.getExtnId(), extension.getExtnId().getId());
    return untrusted(
        Reason.UNSUPPORTED_CRITICAL_EXTENSION,
        "uses an unsupported critical extension",
        "Extension name: " + name + "\nExtension value: " + value(extension));
  }

  private static String value(Extension extension) {
    try {
      return String.valueOf(extension.getParsedValue());
    } catch (RuntimeException e) {
      return String.valueOf(extension.getExtnValue());
    }
  }

  private UntrustedException untrusted(Reason reason, String why, @Nullable String detail) {
    return new UntrustedException(
        reason,
        "the certificate whose subject is '" + certificate.subject() + "' " + why,
        detail,
        List.of("the publisher must sign the package with another certificate"));
  }
}
