package emblema.core.sign;

import java.util.Optional;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/** The algorithms of signatures (spec signing, section 1); all others are unknown. */
public enum SignatureAlgorithm {
  RSA_SHA256("rsa-sha256", true),
  RSA_SHA384("rsa-sha384", true),
  RSA_SHA512("rsa-sha512", true),
  SHA256("sha256", false),
  SHA384("sha384", false),
  SHA512("sha512", false);

  private final String word;
  private final boolean rsa;

  SignatureAlgorithm(String word, boolean rsa) {
    this.word = word;
    this.rsa = rsa;
  }

  public static Optional<SignatureAlgorithm> of(String word) {
    for (SignatureAlgorithm each : values()) {
      if (each.word.equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** As manifests and command lines write it. */
  public String word() {
    return word;
  }

  /** Whether it signs with a key (PKCS #1 version 1.5); otherwise it only hashes. */
  public boolean isRsa() {
    return rsa;
  }

  Digest digest() {
    return switch (this) {
      case RSA_SHA256, SHA256 -> SHA256Digest.newInstance();
      case RSA_SHA384, SHA384 -> new SHA384Digest();
      case RSA_SHA512, SHA512 -> new SHA512Digest();
    };
  }
}
