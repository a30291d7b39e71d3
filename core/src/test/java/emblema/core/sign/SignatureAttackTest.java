package emblema.core.sign;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.SignatureAction;
import emblema.core.error.NotFoundException;
import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.SignedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** What somebody does who wants a package believed that must not be. */
class SignatureAttackTest {
  private static final String CRL = "http://ca.example/list.crl";
  private static final Manifest UNSIGNED =
      ManifestReader.read(
          """
          set name=pkg.fmri value=pkg://example.com/a@1.0,5.11:20260101T000000Z
          file 0c251ef2fca485fd117c165c8a20692c0f1c7220 group=bin mode=0644 owner=root path=a
          """,
          "unsigned");

  private final TestAuthority root = TestAuthority.root(TestAuthority.authority("Root"));
  private final Map<String, byte[]> lists = new TreeMap<>();
  private final Map<String, byte[]> stored = new TreeMap<>();
  private SignaturePolicy policy = SignaturePolicy.VERIFY;

  private Manifest signed(TestAuthority by, TestAuthority... chain) {
    List<Certificate> certificates = new ArrayList<>();
    for (TestAuthority each : chain) {
      certificates.add(each.certificate);
    }
    PackageSigner signer =
        new PackageSigner(
            SignatureAlgorithm.RSA_SHA256,
            Optional.of(new PackageSigner.Identity(by.key(), by.certificate, certificates)));
    signer.certificates().forEach(each -> stored.put(each.sha1(), each.pem()));
    List<Action> actions = new ArrayList<>(UNSIGNED.actions());
    actions.add(signer.sign(SignedText.of(UNSIGNED), GoldenSignatureTest::stored));
    return new Manifest(actions);
  }

  private Trust trust() {
    return Trust.in(TrustAnchors.of(List.of(root.certificate), "etc/ssl/pkg"));
  }

  private List<UntrustedException> problems(Manifest manifest, Trust trust) {
    return new PackageVerifier(trust, policy, this::pem)
        .problems(UNSIGNED.fmri().orElseThrow(), SignedText.of(manifest));
  }

  private byte[] pem(String sha1) {
    byte[] pem = stored.get(sha1);
    if (pem == null) {
      throw new NotFoundException("no file '" + sha1 + "'");
    }
    return pem;
  }

  private void refused(Manifest manifest, Trust trust, Reason reason, String... words) {
    List<UntrustedException> problems = problems(manifest, trust);
    assertThat(problems).extracting(UntrustedException::reason).containsExactly(reason);
    UntrustedException problem = problems.getFirst();
    assertThat(problem).hasMessageContaining("pkg://example.com/a@1.0");
    assertThat(problem.hints()).as("a way out").isNotEmpty();
    for (String word : words) {
      assertThat(problem.getMessage() + "\n" + problem.detail().orElse("")).contains(word);
    }
  }

  private void accepted(Manifest manifest, Trust trust) {
    assertThat(problems(manifest, trust)).isEmpty();
  }

  private TestAuthority signer() {
    return root.issue(TestAuthority.signer("Leaf"));
  }

  @Test
  void nothingIsWrongWithAnHonestPackage() {
    TestAuthority middle = root.issue(TestAuthority.authority("Middle"));
    accepted(signed(signer()), trust());
    accepted(signed(middle.issue(TestAuthority.signer("Leaf")), middle), trust());
  }

  @Test
  void aManifestChangedAfterSigning() {
    Manifest signed = signed(signer());
    List<Action> actions = new ArrayList<>(signed.actions());
    actions.set(
        1,
        ActionReader.read(
            "file 0c251ef2fca485fd117c165c8a20692c0f1c7220 group=bin mode=4755 owner=root path=a"));
    refused(
        new Manifest(actions),
        trust(),
        Reason.UNVERIFIED_SIGNATURE,
        "did not match the expected value",
        "commonName=Leaf");
  }

  @Test
  void anActionAddedOrRemovedAfterSigning() {
    Manifest signed = signed(signer());
    List<Action> more = new ArrayList<>(signed.actions());
    more.add(ActionReader.read("link path=b target=/etc/shadow"));
    refused(new Manifest(more), trust(), Reason.UNVERIFIED_SIGNATURE);
    List<Action> fewer = new ArrayList<>(signed.actions());
    fewer.remove(1);
    refused(new Manifest(fewer), trust(), Reason.UNVERIFIED_SIGNATURE);
  }

  @Test
  void aPayloadSwappedInTheManifest() {
    List<Action> actions = new ArrayList<>(signed(signer()).actions());
    actions.set(1, actions.get(1).withPayload("da39a3ee5e6b4b0d3255bfef95601890afd80709"));
    refused(new Manifest(actions), trust(), Reason.UNVERIFIED_SIGNATURE);
  }

  @Test
  void theSignatureOfAnotherPackage() {
    List<Action> actions = new ArrayList<>(signed(signer()).actions());
    actions.set(
        0,
        ActionReader.read("set name=pkg.fmri value=pkg://example.com/a@2.0,5.11:20260101T000000Z"));
    refused(new Manifest(actions), trust(), Reason.UNVERIFIED_SIGNATURE);
  }

  @Test
  void anotherCertificateUnderTheNameOfTheSigners() {
    TestAuthority leaf = signer();
    Manifest signed = signed(leaf);
    stored.put(leaf.certificate.sha1(), signer().certificate.pem());
    refused(signed, trust(), Reason.MODIFIED_CERTIFICATE, leaf.certificate.sha1());
  }

  @Test
  void aCertificateThatIsNowhere() {
    Manifest signed = signed(signer());
    stored.clear();
    refused(signed, trust(), Reason.MISSING_CERTIFICATE, "no file");
  }

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

  private static TestAuthority.Wish listed(TestAuthority.Wish wish) {
    return wish.with(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(
                  new DistributionPointName(
                      new GeneralNames(
                          new GeneralName(GeneralName.uniformResourceIdentifier, CRL))),
                  null,
                  null)
            }));
  }

  private Optional<RevocationList> list(String uri) {
    return Optional.ofNullable(lists.get(uri)).map(bytes -> RevocationList.read(bytes, uri));
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

  @Test
  void aSignatureTakenAwayWhereSignaturesAreRequired() {
    policy = SignaturePolicy.of(SignaturePolicy.Level.REQUIRE_SIGNATURES);
    refused(UNSIGNED, trust(), Reason.SIGNATURE_REQUIRED, "example.com", "no signature was found");
    accepted(signed(signer()), trust());
  }

  @Test
  void aSignatureOfAnUnknownKindWhereSignaturesAreRequired() {
    policy = SignaturePolicy.of(SignaturePolicy.Level.REQUIRE_SIGNATURES);
    for (String[] change :
        new String[][] {{"version", "1"}, {"variant.arch", "i386"}, {"algorithm", "rsa-md5"}}) {
      List<Action> actions = new ArrayList<>(UNSIGNED.actions());
      Action signature = signed(signer()).actions(SignatureAction.class).findFirst().get();
      actions.add(signature.withAttributes(signature.attributes().with(change[0], change[1])));
      refused(new Manifest(actions), trust(), Reason.SIGNATURE_REQUIRED);
    }
  }

  @Test
  void anotherSignerThanTheOneWhoIsRequired() {
    policy = SignaturePolicy.parse("require-names", List.of("Leaf", "Root", "Release Manager"));
    refused(
        signed(signer()),
        trust(),
        Reason.MISSING_NAMES,
        "couldn't be found for the package",
        "Release Manager");
    policy = SignaturePolicy.parse("require-names", List.of("Leaf", "Root"));
    accepted(signed(signer()), trust());
  }

  @Test
  void aRequiredNameInAChainWhoseSignatureIsWrong() {
    policy = SignaturePolicy.parse("require-names", List.of("Leaf"));
    List<Action> actions = new ArrayList<>(signed(signer()).actions());
    Action signature = actions.getLast();
    actions.set(
        actions.size() - 1, signature.withAttributes(signature.attributes().with("value", "0011")));
    refused(new Manifest(actions), trust(), Reason.UNVERIFIED_SIGNATURE);
  }

  @Test
  void anUntrustedSignatureBesideATrustedOne() {
    Manifest honest = signed(signer());
    List<Action> actions = new ArrayList<>(honest.actions());
    signed(TestAuthority.root(TestAuthority.signer("Mallory")))
        .actions(SignatureAction.class)
        .forEach(actions::add);
    refused(new Manifest(actions), trust(), Reason.SELF_SIGNED, "Mallory");
  }

  @Test
  void garbageInPlaceOfACertificate() {
    byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
    String sha1 = emblema.core.hash.Digest.SHA1.hex(garbage);
    stored.put(sha1, garbage);
    List<Action> actions = new ArrayList<>(signed(signer()).actions());
    actions.set(actions.size() - 1, actions.getLast().withPayload(sha1));
    refused(new Manifest(actions), trust(), Reason.MISSING_CERTIFICATE, "PEM certificate");
  }

  @Test
  void withThePolicyIgnoreNothingIsLookedAt() {
    policy = SignaturePolicy.of(SignaturePolicy.Level.IGNORE);
    stored.clear();
    accepted(signed(TestAuthority.root(TestAuthority.signer("Mallory"))), trust());
  }

  @Test
  void theStricterOfTwoPoliciesCounts() {
    SignaturePolicy one = SignaturePolicy.parse("require-names", List.of("b"));
    SignaturePolicy two = SignaturePolicy.parse("require-names", List.of("a"));
    assertThat(one.and(two).names()).containsExactly("a", "b");
    assertThat(one.and(SignaturePolicy.VERIFY)).isEqualTo(one);
    assertThat(SignaturePolicy.parse("ignore", List.of()).and(SignaturePolicy.parse("", List.of())))
        .isEqualTo(SignaturePolicy.VERIFY);
  }
}
