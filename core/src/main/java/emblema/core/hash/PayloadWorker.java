package emblema.core.hash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The buffers, digests and the deflater of one payload at a time, used again and again. */
final class PayloadWorker {
  private static final int CHUNK = 64 << 10;

  private final byte[] in = new byte[CHUNK];
  private final Deflate deflate;
  private final CRC32 crc = new CRC32();
  private final MessageDigest sha1 = Digest.SHA1.start();
  private final MessageDigest strong = Digest.SHA512T_256.start();
  private final MessageDigest storedSha1 = Digest.SHA1.start();
  private final MessageDigest storedStrong = Digest.SHA512T_256.start();
  private long storedSize;

  PayloadWorker(Deflate deflate) {
    this.deflate = deflate;
  }

  /**
   * @param known what an earlier reading said, or null; then only the SHA-1 is computed again, and
   *     other content is an {@code IOException}
   */
  PayloadFacts write(
      InputStream content,
      long sizeHint,
      ElfSource elf,
      @Nullable KnownHashes known,
      OutputStream stored)
      throws IOException {
    reset();
    try {
      deflate.begin(sizeHint);
      Deflate.Sink sink = (bytes, length) -> emit(stored, bytes, length);
      sink.accept(GzipForm.header(), GzipForm.HEADER_LENGTH);
      long size = 0;
      for (int n = content.readNBytes(in, 0, CHUNK); n > 0; n = content.readNBytes(in, 0, CHUNK)) {
        crc.update(in, 0, n);
        sha1.update(in, 0, n);
        if (known == null) {
          strong.update(in, 0, n);
        }
        elf.take(in, n);
        size += n;
        deflate.write(in, n, sink);
      }
      deflate.finish(sink);
      sink.accept(GzipForm.trailer(crc.getValue(), size), GzipForm.TRAILER_LENGTH);
      String name = Digest.finish(sha1);
      if (known != null && !known.sha1().equals(name)) {
        throw new IOException("the content changed since its hash was computed");
      }
      return new PayloadFacts(
          name,
          size,
          Digest.finish(storedSha1),
          storedSize,
          known == null ? Digest.finish(strong) : known.sha512t256(),
          Digest.finish(storedStrong),
          elf.facts());
    } finally {
      deflate.end();
    }
  }

  private void emit(OutputStream stored, byte[] bytes, int length) throws IOException {
    stored.write(bytes, 0, length);
    storedSha1.update(bytes, 0, length);
    storedStrong.update(bytes, 0, length);
    storedSize += length;
  }

  /** A payload that failed half-way may have left anything behind. */
  private void reset() {
    crc.reset();
    sha1.reset();
    strong.reset();
    storedSha1.reset();
    storedStrong.reset();
    storedSize = 0;
  }
}
