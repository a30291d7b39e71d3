package emblema.core.hash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.security.DigestInputStream;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes content in the fixed gzip form of stored payloads (spec manifest, section 6.4) while
 * computing all facts in one pass, by libdeflate where present, else by the JDK's deflater. Any
 * number of threads may call it at once.
 */
public final class PayloadGzip {
  private static final int BUFFER = 64 << 10;

  /** Idle workers; as many as there ever were callers at once. */
  private static final ConcurrentLinkedDeque<PayloadWorker> IDLE = new ConcurrentLinkedDeque<>();

  private PayloadGzip() {}

  /**
   * Reads all of {@code content}, writes its gzip stream to {@code stored}, closes neither. An ELF
   * file over 8 MiB gets no ELF facts: pass a channel where there is one.
   *
   * @param sizeHint expected content length in bytes, or -1
   */
  public static PayloadFacts write(InputStream content, long sizeHint, OutputStream stored)
      throws IOException {
    return write(content, sizeHint, ElfSource.ofStream(), null, stored);
  }

  /** As the other, of content whose hashes are known; {@code IOException} if it is another one. */
  public static PayloadFacts write(
      InputStream content, long sizeHint, @Nullable KnownHashes known, OutputStream stored)
      throws IOException {
    return write(content, sizeHint, ElfSource.ofStream(), known, stored);
  }

  /**
   * As {@link #write(InputStream, long, OutputStream)}, from the channel's position to its end;
   * leaves the position anywhere.
   */
  public static PayloadFacts write(SeekableByteChannel content, OutputStream stored)
      throws IOException {
    long start = content.position();
    return write(
        Channels.newInputStream(content),
        content.size() - start,
        ElfSource.ofChannel(content, start),
        null,
        stored);
  }

  /**
   * As {@link #write(InputStream, long, OutputStream)}, by zlib whatever else there is: for small
   * payloads whose stored form others sign, so that all machines make the same one.
   */
  public static PayloadFacts writeByZlib(byte[] content, OutputStream stored) throws IOException {
    return new PayloadWorker(new JdkDeflate(9))
        .write(
            new ByteArrayInputStream(content), content.length, ElfSource.ofStream(), null, stored);
  }

  private static PayloadFacts write(
      InputStream content,
      long sizeHint,
      ElfSource elf,
      @Nullable KnownHashes known,
      OutputStream stored)
      throws IOException {
    PayloadWorker idle = IDLE.poll();
    PayloadWorker worker = idle == null ? new PayloadWorker(Deflate.fastest()) : idle;
    try {
      return worker.write(content, sizeHint, elf, known, stored);
    } finally {
      IDLE.push(worker);
    }
  }

  /**
   * The facts of a payload that is already stored, from its gzip stream; closes nothing. What is
   * not gzip data, or ends early, is an {@code IOException}.
   */
  public static PayloadFacts facts(InputStream stored) throws IOException {
    var storedSha1 = Digest.SHA1.start();
    var storedStrong = Digest.SHA512T_256.start();
    CountingInputStream raw =
        new CountingInputStream(
            new DigestInputStream(new DigestInputStream(stored, storedSha1), storedStrong));
    var sha1 = Digest.SHA1.start();
    var strong = Digest.SHA512T_256.start();
    ElfSource elf = ElfSource.ofStream();
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    @SuppressWarnings("resource") // the caller closes the stream below
    InputStream content = new GZIPInputStream(raw, BUFFER);
    for (int n = content.readNBytes(buffer, 0, BUFFER);
        n > 0;
        n = content.readNBytes(buffer, 0, BUFFER)) {
      sha1.update(buffer, 0, n);
      strong.update(buffer, 0, n);
      elf.take(buffer, n);
      size += n;
    }
    while (raw.read(buffer) >= 0) {
      // what follows the stream belongs to the stored bytes
    }
    Optional<PayloadFacts.ElfFacts> elfFacts = elf.facts();
    return new PayloadFacts(
        Digest.finish(sha1),
        size,
        Digest.finish(storedSha1),
        raw.count(),
        Digest.finish(strong),
        Digest.finish(storedStrong),
        elfFacts);
  }
}
