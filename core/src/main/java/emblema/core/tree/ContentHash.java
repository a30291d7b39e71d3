package emblema.core.tree;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * SHA-1 (the name that repositories store content under) and SHA-512/256 (what identity rests on)
 * of one content, 52 bytes in all. Content published elsewhere may be known by its SHA-1 alone.
 */
public final class ContentHash {
  private static final int SHA1 = 20;
  private static final int BOTH = 52;
  private static final int BUFFER = 1 << 16;

  private final byte[] bytes;

  private ContentHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Both hashes, SHA-1 first, or the 20 bytes of a SHA-1 alone. */
  public static ContentHash of(byte[] bytes) {
    if (bytes.length != SHA1 && bytes.length != BOTH) {
      throw new IllegalArgumentException(bytes.length + " bytes");
    }
    return new ContentHash(bytes.clone());
  }

  /** From hexadecimal texts; the second may be empty when it is not known. */
  public static ContentHash of(String sha1, String sha512t256) {
    return new ContentHash(HexFormat.of().parseHex(sha1 + sha512t256));
  }

  /** Reads all of a content in one pass; does not close it. */
  public static ContentHash read(InputStream content) throws IOException {
    Reader reader = new Reader();
    byte[] buffer = new byte[BUFFER];
    for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
      reader.update(buffer, 0, n);
    }
    return reader.finish();
  }

  public static ContentHash ofBytes(byte[] content) {
    Reader reader = new Reader();
    reader.update(content, 0, content.length);
    return reader.finish();
  }

  public String sha1() {
    return HexFormat.of().formatHex(bytes, 0, SHA1);
  }

  /** Empty text when only the SHA-1 is known. */
  public String sha512t256() {
    return HexFormat.of().formatHex(bytes, SHA1, bytes.length);
  }

  public boolean isFull() {
    return bytes.length == BOTH;
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Whether both say the same as far as both know. */
  public boolean agreesWith(ContentHash other) {
    int n = Math.min(bytes.length, other.bytes.length);
    return Arrays.equals(bytes, 0, n, other.bytes, 0, n);
  }

  /** Equality is that of the SHA-1, the common name of contents; see {@link #agreesWith}. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ContentHash that && agreesWith(that);
  }

  @Override
  public int hashCode() {
    return (bytes[0] & 0xFF) << 24
        | (bytes[1] & 0xFF) << 16
        | (bytes[2] & 0xFF) << 8
        | (bytes[3] & 0xFF);
  }

  @Override
  public String toString() {
    return sha1();
  }

  /** Collects content piece by piece. */
  public static final class Reader {
    private final MessageDigest sha1 = algorithm("SHA-1");
    private final MessageDigest sha512t256 = algorithm("SHA-512/256");

    public void update(byte[] buffer, int offset, int length) {
      sha1.update(buffer, offset, length);
      sha512t256.update(buffer, offset, length);
    }

    /** The hash of what was collected; the reader begins anew. */
    public ContentHash finish() {
      byte[] both = Arrays.copyOf(sha1.digest(), BOTH);
      System.arraycopy(sha512t256.digest(), 0, both, SHA1, BOTH - SHA1);
      return new ContentHash(both);
    }

    private static MessageDigest algorithm(String name) {
      try {
        return MessageDigest.getInstance(name);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
