package emblema.core.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in the files that OpenSSL made of one RSA and one EC key. */
class PrivateKeyFileTest {
  private static final String PASS_PHRASE = "open-sesame";

  private static byte[] file(String name) throws IOException {
    try (InputStream in = PrivateKeyFileTest.class.getResourceAsStream("keys/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static PrivateKey plain(String name) throws IOException {
    return PrivateKeyFile.read(file(name), name);
  }

  /** The forms differ in whether they hold the public key, too. */
  private static BigInteger secret(PrivateKey key) {
    return switch (key) {
      case ECPrivateKey ec -> ec.getS();
      case RSAPrivateKey rsa -> rsa.getPrivateExponent();
      default -> throw new AssertionError(key.getAlgorithm());
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec-sec1.pem", "ec-sec1-with-parameters.pem"})
  void readsKeysOfTheOlderEcForm(String name) throws Exception {
    assertThat(secret(plain(name))).isEqualTo(secret(plain("ec-pkcs8.pem")));
  }

  @Test
  void readsKeysOfTheOlderRsaForm() throws Exception {
    assertThat(secret(plain("rsa-pkcs1.pem"))).isEqualTo(secret(plain("rsa-pkcs8.pem")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ec-pkcs8-encrypted.pem", "ec-sec1-encrypted.pem", "rsa-pkcs1-encrypted.pem"})
  void decryptsKeysWithTheirPassPhrase(String name) throws Exception {
    String open = name.startsWith("ec") ? "ec-pkcs8.pem" : "rsa-pkcs8.pem";
    assertThat(secret(PrivateKeyFile.read(file(name), name, PASS_PHRASE::toCharArray)))
        .isEqualTo(secret(plain(open)));
    assertThatThrownBy(() -> PrivateKeyFile.read(file(name), name, "wrong"::toCharArray))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("'" + name + "' cannot be decrypted with the pass phrase");
    assertThatThrownBy(() -> plain(name))
        .isInstanceOf(MalformedException.class)
        .hasMessage("the key file '" + name + "' is protected by a pass phrase");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN EC PRIVATE KEY-----\n!!\n-----END EC PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: X,00\n\nMAA=\n"
            + "-----END RSA PRIVATE KEY-----\n",
      })
  void saysWhatIsWrongWithWhatIsNoKey(String text) {
    assertThatThrownBy(
            () ->
                PrivateKeyFile.read(
                    text.getBytes(StandardCharsets.US_ASCII), "k.pem", "x"::toCharArray))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("'k.pem'");
  }
}
