package emblema.core.sign;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.SignatureAction;
import emblema.core.error.UntrustedException.Reason;
import emblema.core.manifest.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody does to a signed package who wants it believed. */
class SignatureAttackTest extends Attack {
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
