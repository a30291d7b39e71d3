package emblema.core.sign;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.error.NotFoundException;
import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.SignedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** What attacks on signed packages are made with. */
class Attack {
  static final String CRL = "http://ca.example/list.crl";
  static final Manifest UNSIGNED =
      ManifestReader.read(
          """
          set name=pkg.fmri value=pkg://example.com/a@1.0,5.11:20260101T000000Z
          file 0c251ef2fca485fd117c165c8a20692c0f1c7220 group=bin mode=0644 owner=root path=a
          """,
          "unsigned");

  final TestAuthority root = TestAuthority.root(TestAuthority.authority("Root"));
  final Map<String, byte[]> lists = new TreeMap<>();
  final Map<String, byte[]> stored = new TreeMap<>();
  SignaturePolicy policy = SignaturePolicy.VERIFY;

  Manifest signed(TestAuthority by, TestAuthority... chain) {
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

  Trust trust() {
    return Trust.in(TrustAnchors.of(List.of(root.certificate), "etc/ssl/pkg"));
  }

  List<UntrustedException> problems(Manifest manifest, Trust trust) {
    return new PackageVerifier(trust, policy, this::pem)
        .problems(UNSIGNED.fmri().orElseThrow(), SignedText.of(manifest));
  }

  byte[] pem(String sha1) {
    byte[] pem = stored.get(sha1);
    if (pem == null) {
      throw new NotFoundException("no file '" + sha1 + "'");
    }
    return pem;
  }

  void refused(Manifest manifest, Trust trust, Reason reason, String... words) {
    List<UntrustedException> problems = problems(manifest, trust);
    assertThat(problems).extracting(UntrustedException::reason).containsExactly(reason);
    UntrustedException problem = problems.getFirst();
    assertThat(problem).hasMessageContaining("pkg://example.com/a@1.0");
    assertThat(problem.hints()).as("a way out").isNotEmpty();
    for (String word : words) {
      assertThat(problem.getMessage() + "\n" + problem.detail().orElse("")).contains(word);
    }
  }

  void accepted(Manifest manifest, Trust trust) {
    assertThat(problems(manifest, trust)).isEmpty();
  }

  TestAuthority signer() {
    return root.issue(TestAuthority.signer("Leaf"));
  }

  static TestAuthority.Wish listed(TestAuthority.Wish wish) {
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

  Optional<RevocationList> list(String uri) {
    return Optional.ofNullable(lists.get(uri)).map(bytes -> RevocationList.read(bytes, uri));
  }
}
