package emblema.store.check;

import emblema.core.error.EmblemaException;
import emblema.core.hash.ContentHashes.Stated;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.file.PublisherStore;
import emblema.store.file.StoreLayout;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What became of one payload; found by reading it once, in pieces. */
sealed interface PayloadState {
  int BUFFER = 1 << 16;

  /** As promised. */
  enum Good implements PayloadState {
    GOOD
  }

  record Missing() implements PayloadState {}

  /** It is there and this process cannot read it. */
  record Unreadable(SafePath path, String reason) implements PayloadState {}

  record BadGzip(SafePath path, String reason) implements PayloadState {}

  record BadHash(SafePath path, String expected, String actual) implements PayloadState {}

  /** The content is right and its compressed form is another one. */
  record BadCompression(SafePath path, String expected, String actual) implements PayloadState {}

  static PayloadState of(PublisherStore store, PayloadClaim claim) {
    SafePath path =
        StoreLayout.isSha1(claim.sha1()) ? store.findPayload(claim.sha1()).orElse(null) : null;
    return path == null ? new Missing() : read(store.disk(), path, claim);
  }

  private static PayloadState read(Disk disk, SafePath path, PayloadClaim claim) {
    MessageDigest content = claim.content().digest().start();
    @Nullable MessageDigest name =
        claim.content().digest() == Digest.SHA1 ? null : Digest.SHA1.start();
    Optional<Stated> stored = claim.stored();
    MessageDigest compressed = stored.map(Stated::digest).orElse(Digest.SHA1).start();
    InputStream raw;
    try {
      raw = disk.read(path);
    } catch (EmblemaException e) {
      return disk.stat(path).isEmpty() ? new Missing() : new Unreadable(path, reason(e));
    }
    try (raw) {
      Failing file = new Failing(stored.isPresent() ? new DigestInputStream(raw, compressed) : raw);
      try {
        inflate(file, content, name);
      } catch (IOException e) {
        IOException cause = file.failure;
        return cause == null
            ? new BadGzip(path, String.valueOf(e.getMessage()))
            : new Unreadable(path, String.valueOf(cause.getMessage()));
      }
      file.drain();
    } catch (IOException e) {
      return new Unreadable(path, String.valueOf(e.getMessage()));
    }
    String actual = Digest.finish(content);
    if (!actual.equals(claim.content().hex())) {
      return new BadHash(path, claim.content().hex(), actual);
    }
    if (name != null) {
      String sha1 = Digest.finish(name);
      if (!sha1.equals(claim.sha1())) {
        return new BadHash(path, claim.sha1(), sha1);
      }
    }
    String form = stored.isPresent() ? Digest.finish(compressed) : "";
    return stored.isPresent() && !form.equals(stored.get().hex())
        ? new BadCompression(path, stored.get().hex(), form)
        : Good.GOOD;
  }

  private static void inflate(InputStream file, MessageDigest content, @Nullable MessageDigest name)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    @SuppressWarnings("resource") // the caller closes the file
    InputStream in = new GZIPInputStream(file, BUFFER);
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      content.update(buffer, 0, n);
      if (name != null) {
        name.update(buffer, 0, n);
      }
    }
  }

  private static String reason(EmblemaException e) {
    return e.getMessage() + e.detail().map(detail -> ": " + detail).orElse("");
  }

  /** Tells errors of the disk from errors of the compressed form. */
  final class Failing extends FilterInputStream {
    private @Nullable IOException failure;

    Failing(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    void drain() throws IOException {
      byte[] buffer = new byte[BUFFER];
      while (read(buffer, 0, buffer.length) >= 0) {
        // what follows the stream belongs to the stored bytes
      }
    }
  }
}
