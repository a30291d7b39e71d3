package emblema.publisher.bundle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** How an archive is compressed, told by its first bytes. */
enum Compression {
  GZIP("1f8b"),
  XZ("fd377a585a00"),
  BZIP2("425a68"),
  ZSTD("28b52ffd"),
  NONE("");

  /** The largest dictionary that {@code xz -9} makes is 64 MiB; more is a mistake or malice. */
  private static final int XZ_MEMORY_KIB = 96 << 10;

  private final String magic;

  Compression(String magic) {
    this.magic = magic;
  }

  static Compression of(byte[] start) {
    String hex = HexFormat.of().formatHex(start);
    for (Compression each : values()) {
      if (hex.startsWith(each.magic)) {
        return each;
      }
    }
    return NONE;
  }

  /** The content of what is compressed so. */
  InputStream open(InputStream compressed) throws IOException {
    InputStream in = new BufferedInputStream(compressed, 1 << 16);
    return switch (this) {
      case GZIP -> new GZIPInputStream(in, 1 << 16);
      case XZ ->
          XZCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(XZ_MEMORY_KIB)
              .get();
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
      case ZSTD -> new ZstdCompressorInputStream(in);
      case NONE -> in;
    };
  }
}
