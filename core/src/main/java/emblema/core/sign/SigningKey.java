package emblema.core.sign;

import emblema.core.action.SignatureAction;
import emblema.core.error.MalformedException;
import emblema.core.manifest.SignedText;
import java.io.IOException;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** An RSA private key. */
public final class SigningKey {
  private final RSAKeyParameters key;

  private SigningKey(RSAKeyParameters key) {
    this.key = key;
  }

  /**
   * From a PEM file, PKCS #8 or PKCS #1, without pass phrase.
   *
   * @param source named in errors
   */
  public static SigningKey read(byte[] text, String source) {
    PrivateKeyInfo info = PrivateKeyFile.info(text, source, null);
    try {
      if (PrivateKeyFactory.createKey(info) instanceof RSAKeyParameters rsa && rsa.isPrivate()) {
        return new SigningKey(rsa);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw PrivateKeyFile.unreadable(source, String.valueOf(e.getMessage()));
    }
    throw PrivateKeyFile.unreadable(
        source, "it is not an RSA key, and packages are signed with RSA only");
  }

  /** Whether the certificate is for this key. */
  public boolean belongsTo(Certificate certificate) {
    RSAKeyParameters other =
        RsaSignatures.publicKey(certificate.holder().getSubjectPublicKeyInfo());
    return other != null && other.getModulus().equals(key.getModulus());
  }

  /** The value of a signature, in hex. */
  String sign(SignatureAlgorithm algorithm, SignedText text, SignatureAction signature) {
    RSADigestSigner signer = new RSADigestSigner(algorithm.digest());
    signer.init(true, key);
    text.write(
        signature,
        SignedText.Form.QUOTED_EXPANSIONS,
        piece -> signer.update(piece, 0, piece.length));
    try {
      return HexFormat.of().formatHex(signer.generateSignature());
    } catch (CryptoException e) {
      throw new MalformedException("the key is too short for '" + algorithm.word() + "'");
    }
  }
}
