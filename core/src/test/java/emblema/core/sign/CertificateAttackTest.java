package emblema.core.sign;

import emblema.core.error.UntrustedException.Reason;
import emblema.core.manifest.Manifest;
import java.util.List;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** Certificates of people who want to be believed and must not be. */
class CertificateAttackTest extends Attack {
  @Test
  void aSelfSignedSigner() {
    refused(
        signed(TestAuthority.root(TestAuthority.signer("Mallory"))),
        trust(),
        Reason.SELF_SIGNED,
        "commonName=Mallory");
  }

  @Test
  void anAuthorityOfTheSameNameWithAnotherKey() {
    TestAuthority false_ = TestAuthority.root(TestAuthority.authority("Root"));
    refused(
        signed(false_.issue(TestAuthority.signer("Leaf")), false_),
        trust(),
        Reason.SELF_SIGNED,
        "commonName=Root");
  }

  @Test
  void aChainWithAMissingLink() {
    TestAuthority middle = root.issue(TestAuthority.authority("Middle"));
    refused(
        signed(middle.issue(TestAuthority.signer("Leaf"))),
        trust(),
        Reason.BROKEN_CHAIN,
        "commonName=Leaf",
        "commonName=Middle");
  }

  @Test
  void aSignerWhoPlaysAuthority() {
    TestAuthority leaf = signer();
    refused(
        signed(leaf.issue(TestAuthority.signer("Mallory")), leaf), trust(), Reason.BROKEN_CHAIN);
  }

  @Test
  void anAuthorityWithoutTheRightToSignCertificates() {
    TestAuthority middle =
        root.issue(
            TestAuthority.bare("Middle")
                .with(
                    Extension.basicConstraints,
                    true,
                    new org.bouncycastle.asn1.x509.BasicConstraints(true))
                .usage(KeyUsage.cRLSign));
    refused(
        signed(middle.issue(TestAuthority.signer("Leaf")), middle), trust(), Reason.BROKEN_CHAIN);
  }

  @Test
  void anAuthorityThatSignsPackages() {
    refused(
        signed(root.issue(TestAuthority.authority("Middle"))),
        trust(),
        Reason.INAPPROPRIATE_USE,
        "keyUsage",
        "key_cert_sign");
  }

  @Test
  void aChainLongerThanAllowed() {
    TestAuthority one = root.issue(TestAuthority.authority("One", 0));
    TestAuthority two = one.issue(TestAuthority.authority("Two"));
    TestAuthority leaf = two.issue(TestAuthority.signer("Leaf"));
    refused(signed(leaf, one, two), trust(), Reason.BROKEN_CHAIN, "at most 0 authorities", "Two");
    accepted(signed(one.issue(TestAuthority.signer("Leaf")), one), trust());
  }

  @Test
  void aRingOfCertificatesComesToAnEnd() {
    TestAuthority one = root.issue(TestAuthority.authority("One"));
    TestAuthority two = one.issue(TestAuthority.authority("Two"));
    TestAuthority again = two.issue(TestAuthority.authority("One"));
    TestAuthority leaf = again.issue(TestAuthority.signer("Leaf"));
    refused(signed(leaf, two, again), trust(), Reason.BROKEN_CHAIN);
  }

  @Test
  void anUnknownCriticalExtension() {
    refused(
        signed(
            root.issue(
                TestAuthority.signer("Leaf")
                    .with(
                        Extension.extendedKeyUsage,
                        true,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning)))),
        trust(),
        Reason.UNSUPPORTED_CRITICAL_EXTENSION,
        "commonName=Leaf",
        "Extension name: extendedKeyUsage");
  }

  @Test
  void theSameExtensionUncriticalIsPassedOver() {
    accepted(
        signed(
            root.issue(
                TestAuthority.signer("Leaf")
                    .with(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning)))),
        trust());
    accepted(signed(root.issue(TestAuthority.bare("Leaf"))), trust());
  }

  @Test
  void aKeyUsageThatIsNotUnderstood() {
    refused(
        signed(
            root.issue(
                TestAuthority.bare("Leaf")
                    .usage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation))),
        trust(),
        Reason.UNSUPPORTED_EXTENSION_VALUE,
        "Extension value: digital_signature, content_commitment",
        "Problematic value: content_commitment");
  }

  @Test
  void aCertificateSignedWithABrokenDigest() {
    refused(
        signed(root.issue(TestAuthority.signer("Leaf").by("MD5withRSA"))),
        trust(),
        Reason.BROKEN_CHAIN);
  }

  @Test
  void anExpiredCertificateIsRefusedWhereThatIsAskedForAndElseAcceptedLikeTheReferenceDoes() {
    Manifest signed =
        signed(
            root.issue(
                TestAuthority.signer("Leaf")
                    .valid(
                        TestAuthority.NOW.minusSeconds(1000),
                        TestAuthority.NOW.minusSeconds(500))));
    accepted(signed, trust());
    refused(
        signed,
        trust().validAt(TestAuthority.NOW),
        Reason.NOT_VALID_NOW,
        "commonName=Leaf",
        "valid from");
    accepted(signed, trust().validAt(TestAuthority.NOW.minusSeconds(700)));
    refused(signed, trust().validAt(TestAuthority.NOW.minusSeconds(5000)), Reason.NOT_VALID_NOW);
  }

  @Test
  void aCertificateThatTheClientRevoked() {
    TestAuthority middle = root.issue(TestAuthority.authority("Middle"));
    TestAuthority leaf = middle.issue(TestAuthority.signer("Leaf"));
    Manifest signed = signed(leaf, middle);
    refused(
        signed,
        trust().without(List.of(leaf.certificate.sha1())),
        Reason.REVOKED,
        "commonName=Leaf");
    refused(
        signed,
        trust().without(List.of(middle.certificate.sha1())),
        Reason.BROKEN_CHAIN,
        "commonName=Middle' is revoked");
  }

  @Test
  void aCertificateThatItsAuthorityRevoked() {
    TestAuthority leaf = root.issue(listed(TestAuthority.signer("Leaf")));
    Manifest signed = signed(leaf);
    Trust asking = trust().asking(this::list);
    accepted(signed, asking); // a list that cannot be had is ignored
    lists.put(CRL, root.revoking(CRLReason.keyCompromise, leaf.certificate));
    refused(signed, asking, Reason.REVOKED, "commonName=Leaf", "key_compromise", CRL);
    accepted(signed, trust()); // nobody asked for lists
    lists.put(CRL, TestAuthority.pem("X509 CRL", lists.get(CRL)));
    refused(signed, asking, Reason.REVOKED);
  }

  @Test
  void aRevocationListOfSomebodyElse() {
    TestAuthority leaf = root.issue(listed(TestAuthority.signer("Leaf")));
    Manifest signed = signed(leaf);
    Trust asking = trust().asking(this::list);
    TestAuthority mallory = TestAuthority.root(TestAuthority.authority("Root"));
    lists.put(CRL, mallory.revoking(CRLReason.keyCompromise, leaf.certificate));
    accepted(signed, asking);
    TestAuthority other = root.issue(TestAuthority.authority("Other"));
    lists.put(CRL, other.revoking(CRLReason.keyCompromise, leaf.certificate));
    accepted(signed, asking);
  }
}
