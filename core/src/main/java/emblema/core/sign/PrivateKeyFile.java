package emblema.core.sign;

import emblema.core.error.MalformedException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/**
 * Private keys in PEM files, in all the forms that OpenSSL writes: PKCS #8, encrypted or not, and
 * the older ones of RSA (PKCS #1) and EC (SEC 1) keys.
 */
public final class PrivateKeyFile {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "DSA");

  private PrivateKeyFile() {}

  /**
   * The first key of a text; an encrypted one is refused.
   *
   * @param source named in errors
   */
  public static PrivateKey read(byte[] text, String source) {
    return key(info(text, source, null), source);
  }

  /**
   * The first key of a text.
   *
   * @param passPhrase asked only for an encrypted key
   */
  public static PrivateKey read(byte[] text, String source, Supplier<char[]> passPhrase) {
    return key(info(text, source, passPhrase), source);
  }

  static PrivateKeyInfo info(byte[] text, String source, @Nullable Supplier<char[]> passPhrase) {
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(text, StandardCharsets.UTF_8)))) {
      for (@Nullable Object object = parser.readObject();
          object != null;
          object = parser.readObject()) {
        switch (object) {
          case PEMKeyPair pair -> {
            return pair.getPrivateKeyInfo();
          }
          case PrivateKeyInfo info -> {
            return info;
          }
          case PEMEncryptedKeyPair pair -> {
            return decrypted(pair, given(passPhrase, source), source);
          }
          case PKCS8EncryptedPrivateKeyInfo info -> {
            return decrypted(info, given(passPhrase, source), source);
          }
          default -> {} // a certificate or parameters beside the key
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(source, String.valueOf(e.getMessage()));
    }
    throw unreadable(source, "it holds no private key");
  }

  private static PrivateKeyInfo decrypted(
      PEMEncryptedKeyPair pair, char[] passPhrase, String source) throws IOException {
    try {
      return pair.decryptKeyPair(new BcPEMDecryptorProvider(passPhrase)).getPrivateKeyInfo();
    } catch (PEMException e) {
      throw wrongPassPhrase(source);
    }
  }

  private static PrivateKeyInfo decrypted(
      PKCS8EncryptedPrivateKeyInfo info, char[] passPhrase, String source) {
    try {
      return info.decryptPrivateKeyInfo(
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(new BouncyCastleProvider())
              .build(passPhrase));
    } catch (OperatorCreationException | PKCSException e) {
      throw wrongPassPhrase(source);
    }
  }

  private static PrivateKey key(PrivateKeyInfo info, String source) {
    byte[] encoded;
    try {
      encoded = info.getEncoded();
    } catch (IOException e) {
      throw unreadable(source, String.valueOf(e.getMessage()));
    }
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        // another algorithm may fit
      }
    }
    throw unreadable(source, "it is a key of an unknown kind");
  }

  private static char[] given(@Nullable Supplier<char[]> passPhrase, String source) {
    if (passPhrase == null) {
      throw new MalformedException(
          "the key file '" + source + "' is protected by a pass phrase",
          "make a copy without one: 'openssl pkey -in KEY -out COPY', readable by nobody else");
    }
    return passPhrase.get();
  }

  private static MalformedException wrongPassPhrase(String source) {
    return new MalformedException(
        "the key file '" + source + "' cannot be decrypted with the pass phrase that was given");
  }

  static MalformedException unreadable(String source, String reason) {
    return MalformedException.listing(
        "the file '" + source + "' was expected to be a PEM private key but it could not be read",
        List.of(reason));
  }
}
