package emblema.core.sign;

import emblema.core.action.SignatureAction;
import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import emblema.core.hash.Digest;
import emblema.core.manifest.SignedText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.RSADigestSigner;

/** Verifies one signature (spec signing, section 4): its chain first, then its value. */
final class SignatureCheck {

  /** What a signature that does not fail is worth. */
  enum Outcome {
    /** Of a kind that is not understood: neither good nor bad. */
    UNKNOWN,
    /** The digest is right, which anybody can make it. */
    HASHED,
    /** A trusted key made it. */
    SIGNED
  }

  private final Optional<Trust> trust;
  private final CertificateSource source;
  private final Set<String> names;

  /**
   * @param trust nothing if chains are not to be looked at
   * @param names still wanted; those that are seen in a chain of a good signature are removed
   */
  SignatureCheck(Optional<Trust> trust, CertificateSource source, Set<String> names) {
    this.trust = trust;
    this.source = source;
    this.names = names;
  }

  Outcome check(SignedText text, SignatureAction signature) {
    Optional<SignatureAlgorithm> algorithm =
        SignatureAlgorithm.of(signature.attributes().get("algorithm", ""));
    String payload = signature.payload();
    boolean understood =
        signature.attributes().is("version", "0")
            && !signature.attributes().hasNameFrom("variant.")
            && algorithm.isPresent()
            && algorithm.get().isRsa() == (payload != null);
    if (!understood) {
      return Outcome.UNKNOWN;
    }
    if (payload == null) {
      requireDigest(algorithm.get(), text, signature);
      return Outcome.HASHED;
    }
    Certificate leaf = certificate(payload);
    List<Certificate> chain = chain(signature);
    Set<String> left = new HashSet<>(names);
    trust.ifPresent(
        believed -> new ChainCheck(believed, chain).verify(leaf, Usage.CODE_SIGNING, left));
    requireSigned(algorithm.get(), leaf, text, signature);
    names.retainAll(left);
    return Outcome.SIGNED;
  }

  private List<Certificate> chain(SignatureAction signature) {
    List<Certificate> chain = new ArrayList<>();
    for (String value : signature.attributes().all("chain")) {
      for (String sha1 : value.strip().split("\\s+")) {
        if (!sha1.isEmpty()) {
          chain.add(certificate(sha1));
        }
      }
    }
    return chain;
  }

  private Certificate certificate(String sha1) {
    byte[] pem = source.pem(sha1);
    String actual = Digest.SHA1.hex(pem);
    if (!actual.equals(sha1)) {
      throw new UntrustedException(
          Reason.MODIFIED_CERTIFICATE,
          "the certificate '" + sha1 + "' was modified",
          "SHA-1 of its text\n  expected: " + sha1 + "\n  actual:   " + actual,
          List.of("the repository is damaged or was tampered with: try 'pkgrepo verify' on it"));
    }
    return Certificate.read(pem, sha1);
  }

  private static void requireDigest(
      SignatureAlgorithm algorithm, SignedText text, SignatureAction signature) {
    String value = signature.attributes().get("value", "");
    for (SignedText.Form form : text.forms(signature)) {
      if (PackageSigner.digest(algorithm, text, signature, form).equals(value)) {
        return;
      }
    }
    throw mismatch("by digest '" + algorithm.word() + "'");
  }

  private static void requireSigned(
      SignatureAlgorithm algorithm, Certificate leaf, SignedText text, SignatureAction signature) {
    RSAKeyParameters key = RsaSignatures.publicKey(leaf.holder().getSubjectPublicKeyInfo());
    byte[] value;
    try {
      value = HexFormat.of().parseHex(signature.attributes().get("value", ""));
    } catch (IllegalArgumentException e) {
      throw mismatch("the value is not hexadecimal");
    }
    for (SignedText.Form form : text.forms(signature)) {
      if (key != null) {
        RSADigestSigner signer = new RSADigestSigner(algorithm.digest());
        signer.init(false, key);
        text.write(signature, form, piece -> signer.update(piece, 0, piece.length));
        if (signer.verifySignature(value)) {
          return;
        }
      }
    }
    throw mismatch("by '" + leaf.subject() + "'");
  }

  private static UntrustedException mismatch(String by) {
    return new UntrustedException(
        Reason.UNVERIFIED_SIGNATURE,
        "the signature value did not match the expected value",
        by,
        List.of(
            "the manifest was changed after it was signed: do not use the package,"
                + " ask its publisher"));
  }
}
