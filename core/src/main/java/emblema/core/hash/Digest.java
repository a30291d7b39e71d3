package emblema.core.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The hash algorithms of payloads and manifests (spec manifest, section 6), the least preferred
 * first.
 */
public enum Digest {
  SHA1("SHA-1", "sha1"),
  SHA256("SHA-256", "sha256"),
  /** SHA-512/256 of FIPS 180-4, with its own initial value. */
  SHA512T_256("SHA-512/256", "sha512t_256");

  private final String javaName;
  private final String word;

  Digest(String javaName, String word) {
    this.javaName = javaName;
    this.word = word;
  }

  /** The algorithm that {@code pkg.content-hash} calls by the word. */
  public static Optional<Digest> ofWord(String word) {
    for (Digest digest : values()) {
      if (digest.word.equals(word)) {
        return Optional.of(digest);
      }
    }
    return Optional.empty();
  }

  public String javaName() {
    return javaName;
  }

  /** As {@code pkg.content-hash} writes it. */
  public String word() {
    return word;
  }

  /** A new computation; every JDK has all three algorithms. */
  public MessageDigest start() {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks " + javaName, e);
    }
  }

  /** The hash of all bytes, in lower-case hex. */
  public String hex(byte[] bytes) {
    return HexFormat.of().formatHex(start().digest(bytes));
  }

  /** Ends a computation: its hash in lower-case hex. */
  public static String finish(MessageDigest computation) {
    return HexFormat.of().formatHex(computation.digest());
  }
}
