package emblema.core.sign;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/**
 * RSA signatures of PKCS #1 version 1.5, the only kind that certificates and manifests may bear;
 * anything else, an elliptic curve or a broken digest, just does not verify.
 */
final class RsaSignatures {
  private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> DIGESTS =
      Map.of(
          PKCSObjectIdentifiers.sha1WithRSAEncryption, SHA1Digest::new,
          PKCSObjectIdentifiers.sha224WithRSAEncryption, SHA224Digest::new,
          PKCSObjectIdentifiers.sha256WithRSAEncryption, SHA256Digest::newInstance,
          PKCSObjectIdentifiers.sha384WithRSAEncryption, SHA384Digest::new,
          PKCSObjectIdentifiers.sha512WithRSAEncryption, SHA512Digest::new);

  private RsaSignatures() {}

  static boolean isSigned(X509CertificateHolder holder, Certificate issuer) {
    var whole = holder.toASN1Structure();
    return verifies(
        issuer,
        whole.getSignatureAlgorithm(),
        encoded(whole.getTBSCertificate()),
        holder.getSignature());
  }

  static boolean isSigned(X509CRLHolder list, Certificate issuer) {
    var whole = list.toASN1Structure();
    return verifies(
        issuer,
        whole.getSignatureAlgorithm(),
        encoded(whole.getTBSCertList()),
        whole.getSignature().getOctets());
  }

  private static byte[] encoded(org.bouncycastle.asn1.ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded();
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static boolean verifies(
      Certificate issuer, AlgorithmIdentifier algorithm, byte[] text, byte[] signature) {
    Supplier<Digest> digest = DIGESTS.get(algorithm.getAlgorithm());
    RSAKeyParameters key = publicKey(issuer.holder().getSubjectPublicKeyInfo());
    if (digest == null || key == null) {
      return false;
    }
    RSADigestSigner signer = new RSADigestSigner(digest.get());
    signer.init(false, key);
    signer.update(text, 0, text.length);
    return signer.verifySignature(signature);
  }

  /** Null if it is not an RSA key, or makes no sense. */
  static @Nullable RSAKeyParameters publicKey(SubjectPublicKeyInfo info) {
    try {
      return PublicKeyFactory.createKey(info) instanceof RSAKeyParameters rsa ? rsa : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
