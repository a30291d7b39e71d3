package emblema.core.hash;

/**
 * Hashes of a content that was read before, in lower-case hex. Whoever reads it again checks the
 * SHA-1, which is cheap, and need not compute the other.
 */
public record KnownHashes(String sha1, String sha512t256) {}
