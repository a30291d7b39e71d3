package emblema.store.origin;

import emblema.core.action.Action;
import emblema.core.action.SignatureAction;
import emblema.core.error.IntegrityException;
import emblema.core.hash.ContentHashes;
import emblema.core.hash.Digest;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * One stored file that a manifest refers to, and what the manifest promises about it (spec
 * manifest, sections 6.2 and 6.3; signing, section 2).
 *
 * @param sha1 of the content, its name
 * @param storedSize length of the gzip stream, or -1 if not said
 * @param size length of the content, or -1 if not said
 * @param storedHash what the gzip stream must hash to, if said
 * @param contentHash what the content must hash to; its name if nothing better is said
 */
public record PayloadReference(
    String sha1,
    long storedSize,
    long size,
    Optional<ContentHashes.Stated> storedHash,
    ContentHashes.Stated contentHash) {
  private static final int BUFFER = 1 << 16;

  /** The payload of an action and, of a signature, the certificates of its chain. */
  public static List<PayloadReference> of(Action action) {
    List<PayloadReference> found = new ArrayList<>();
    String payload = action.payload();
    if (payload != null && payload.matches("[0-9a-f]{40}")) {
      ContentHashes hashes = ContentHashes.of(action);
      found.add(
          new PayloadReference(
              payload,
              number(action.attributes().get("pkg.csize", "")),
              number(action.attributes().get("pkg.size", "")),
              hashes.forStored(),
              hashes.forContent().orElse(new ContentHashes.Stated(Digest.SHA1, payload))));
    }
    if (action instanceof SignatureAction) {
      addChain(action, found);
    }
    return found;
  }

  private static void addChain(Action action, List<PayloadReference> found) {
    String[] names = words(action, "chain");
    String[] stored = words(action, "chain.chashes");
    String[] sizes = words(action, "chain.csizes");
    for (int i = 0; i < names.length; i++) {
      if (names[i].matches("[0-9a-f]{40}")) {
        found.add(
            new PayloadReference(
                names[i],
                i < sizes.length ? number(sizes[i]) : -1,
                -1,
                i < stored.length
                    ? Optional.of(new ContentHashes.Stated(Digest.SHA1, stored[i]))
                    : Optional.empty(),
                new ContentHashes.Stated(Digest.SHA1, names[i])));
      }
    }
  }

  private static String[] words(Action action, String attribute) {
    return action.attributes().get(attribute, "").strip().split("\\s+");
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  /**
   * Copies the gzip stream and compares it with the promise while it goes by; closes neither.
   *
   * @param where named in errors
   * @throws IntegrityException if it is another length or hash; some of it was written by then
   */
  public long copy(InputStream stored, OutputStream out, String where) throws IOException {
    Tee tee = new Tee(stored, out, storedHash.map(h -> h.digest().start()).orElse(null), where);
    byte[] buffer = new byte[BUFFER];
    if (storedHash.isEmpty()) {
      compare(where, "content", contentHash, contentOf(tee, buffer, where));
    }
    while (tee.read(buffer, 0, buffer.length) >= 0) {
      // all the work is done on the way
    }
    if (storedSize >= 0 && tee.count != storedSize) {
      throw damaged(where, "length", "" + storedSize, "" + tee.count);
    }
    if (storedHash.isPresent() && tee.digest != null) {
      compare(where, "compressed content", storedHash.get(), Digest.finish(tee.digest));
    }
    return tee.count;
  }

  private String contentOf(InputStream stored, byte[] buffer, String where) throws IOException {
    MessageDigest digest = contentHash.digest().start();
    try {
      @SuppressWarnings("resource") // the stream below is the caller's
      InputStream content = new GZIPInputStream(stored, BUFFER);
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (ZipException | EOFException e) {
      throw damaged(where, "content", "a gzip stream", String.valueOf(e.getMessage()));
    }
    return Digest.finish(digest);
  }

  private static void compare(
      String where, String what, ContentHashes.Stated promised, String actual) {
    if (!promised.hex().equals(actual)) {
      throw damaged(
          where, promised.digest().word() + " hash of the " + what, promised.hex(), actual);
    }
  }

  private static IntegrityException damaged(
      String where, String what, String expected, String actual) {
    return new IntegrityException(
        where, what, expected, actual, "check the repository with 'pkgrepo verify'");
  }

  /** Writes what is read elsewhere too, counts and hashes it, and stops at endless data. */
  private final class Tee extends FilterInputStream {
    private final OutputStream out;
    private final @Nullable MessageDigest digest;
    private final String where;
    private long count;

    Tee(InputStream in, OutputStream out, @Nullable MessageDigest digest, String where) {
      super(in);
      this.out = out;
      this.digest = digest;
      this.where = where;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      if (n > 0) {
        count += n;
        if (storedSize >= 0 && count > storedSize) {
          throw damaged(where, "length", "" + storedSize, "more");
        }
        if (digest != null) {
          digest.update(bytes, offset, n);
        }
        out.write(bytes, offset, n);
      }
      return n;
    }
  }
}
