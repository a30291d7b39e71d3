package emblema.flash.codec;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Counts what passes, and hashes it if that is wanted. */
public final class MeasuredOutput extends FilterOutputStream {
  private final @Nullable MessageDigest digest;
  private long count;

  public MeasuredOutput(OutputStream out, boolean isHashed) {
    super(out);
    digest = isHashed ? Payload.md5() : null;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    if (digest != null) {
      digest.update(bytes, offset, length);
    }
    count += length;
  }

  /** Bytes so far. */
  public long count() {
    return count;
  }

  /** MD5 of all bytes, in hex, or nothing if it is not wanted; nothing may follow. */
  public String md5() {
    return digest == null ? "" : HexFormat.of().formatHex(digest.digest());
  }
}
