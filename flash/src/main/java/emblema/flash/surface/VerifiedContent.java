package emblema.flash.surface;

import emblema.core.error.IntegrityException;
import emblema.core.hash.Digest;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The content of a payload, compared with the promise of its manifest when the last byte is read.
 */
final class VerifiedContent extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private final PayloadReference promise;
  private final long size;
  private final String where;
  private final MessageDigest digest;
  private long count;

  private VerifiedContent(InputStream content, PayloadReference promise, long size, String where) {
    super(content);
    this.promise = promise;
    this.size = size;
    this.where = where;
    this.digest = promise.contentHash().digest().start();
  }

  /**
   * Opens it.
   *
   * @param size of the content in bytes; what is longer or shorter is damaged
   */
  static InputStream open(Origin origin, String publisher, PayloadReference promise, long size) {
    String where = origin.location() + ": " + promise.sha1();
    InputStream stored = origin.payload(publisher, promise.sha1());
    try {
      return new VerifiedContent(new GZIPInputStream(stored, BUFFER), promise, size, where);
    } catch (IOException e) {
      throw damaged(where, "content", "a gzip stream", Objects.toString(e.getMessage(), "nothing"));
    }
  }

  private static IntegrityException damaged(
      String where, String what, String expected, String actual) {
    return new IntegrityException(
        where, what, expected, actual, "check the repository with 'pkgrepo verify'");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (count == size || length == 0) {
      return length == 0 ? 0 : -1;
    }
    int n = in.read(into, offset, (int) Math.min(length, size - count));
    if (n < 0) {
      throw damaged(where, "length", "" + size, "" + count);
    }
    digest.update(into, offset, n);
    count += n;
    if (count == size) {
      finish();
    }
    return n;
  }

  private void finish() throws IOException {
    if (in.read() >= 0) {
      throw damaged(where, "length", "" + size, "more");
    }
    String actual = Digest.finish(digest);
    if (!actual.equals(promise.contentHash().hex())) {
      throw damaged(
          where,
          promise.contentHash().digest().word() + " hash of the content",
          promise.contentHash().hex(),
          actual);
    }
  }

  @Override
  public long skip(long length) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(length, BUFFER)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
