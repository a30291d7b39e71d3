package emblema.core.hash;

/** The hash algorithms of payloads and manifests (spec manifest, section 6). */
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

  public String javaName() {
    return javaName;
  }

  /** As {@code pkg.content-hash} writes it. */
  public String word() {
    return word;
  }

  public String hex(byte[] bytes) {
    throw new UnsupportedOperationException("not yet");
  }
}
