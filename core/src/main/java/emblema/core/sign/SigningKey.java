package emblema.core.sign;

import emblema.core.action.SignatureAction;
import emblema.core.error.MalformedException;
import emblema.core.manifest.SignedText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

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
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(text, StandardCharsets.UTF_8)))) {
      for (@Nullable Object object = parser.readObject();
          object != null;
          object = parser.readObject()) {
        switch (object) {
          case PEMKeyPair pair -> {
            return of(pair.getPrivateKeyInfo(), source);
          }
          case PrivateKeyInfo info -> {
            return of(info, source);
          }
          case PEMEncryptedKeyPair ignored -> throw encrypted(source);
          case PKCS8EncryptedPrivateKeyInfo ignored -> throw encrypted(source);
          default -> {} // a certificate or parameters beside the key
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(source, String.valueOf(e.getMessage()));
    }
    throw unreadable(source, "it holds no private key");
  }

  private static SigningKey of(PrivateKeyInfo info, String source) throws IOException {
    if (PrivateKeyFactory.createKey(info) instanceof RSAKeyParameters rsa && rsa.isPrivate()) {
      return new SigningKey(rsa);
    }
    throw unreadable(source, "it is not an RSA key, and packages are signed with RSA only");
  }

  private static MalformedException encrypted(String source) {
    return new MalformedException(
        "the key file '" + source + "' is protected by a pass phrase",
        "make a copy without one: 'openssl pkey -in KEY -out COPY', readable by nobody else");
  }

  private static MalformedException unreadable(String source, String reason) {
    return MalformedException.listing(
        "the file '" + source + "' was expected to be a PEM private key but it could not be read",
        List.of(reason));
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
