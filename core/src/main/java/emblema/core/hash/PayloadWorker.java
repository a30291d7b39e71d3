package emblema.core.hash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** The buffers, digests and the deflater of one payload at a time, used again and again. */
final class PayloadWorker {
  static final int LEVEL = 6;
  private static final int CHUNK = 64 << 10;

  private final byte[] in = new byte[CHUNK];
  private final byte[] out = new byte[CHUNK];
  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 crc = new CRC32();
  private final MessageDigest sha1 = Digest.SHA1.start();
  private final MessageDigest strong = Digest.SHA512T_256.start();
  private final MessageDigest storedSha1 = Digest.SHA1.start();
  private final MessageDigest storedStrong = Digest.SHA512T_256.start();
  private long storedSize;

  PayloadFacts write(InputStream content, OutputStream stored) throws IOException {
    reset();
    emit(stored, GzipForm.header(), GzipForm.HEADER_LENGTH);
    ElfCapture elf = new ElfCapture();
    long size = 0;
    for (int n = content.readNBytes(in, 0, CHUNK); n > 0; n = content.readNBytes(in, 0, CHUNK)) {
      crc.update(in, 0, n);
      sha1.update(in, 0, n);
      strong.update(in, 0, n);
      elf.take(in, n);
      size += n;
      deflater.setInput(in, 0, n);
      while (!deflater.needsInput()) {
        emit(stored, out, deflater.deflate(out));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      emit(stored, out, deflater.deflate(out));
    }
    emit(stored, GzipForm.trailer(crc.getValue(), size), GzipForm.TRAILER_LENGTH);
    return facts(size, elf.facts());
  }

  private PayloadFacts facts(long size, Optional<PayloadFacts.ElfFacts> elf) {
    return new PayloadFacts(
        Digest.finish(sha1),
        size,
        Digest.finish(storedSha1),
        storedSize,
        Digest.finish(strong),
        Digest.finish(storedStrong),
        elf);
  }

  private void emit(OutputStream stored, byte[] bytes, int length) throws IOException {
    stored.write(bytes, 0, length);
    storedSha1.update(bytes, 0, length);
    storedStrong.update(bytes, 0, length);
    storedSize += length;
  }

  /** A payload that failed half-way may have left anything behind. */
  private void reset() {
    deflater.reset();
    crc.reset();
    sha1.reset();
    strong.reset();
    storedSha1.reset();
    storedStrong.reset();
    storedSize = 0;
  }
}
