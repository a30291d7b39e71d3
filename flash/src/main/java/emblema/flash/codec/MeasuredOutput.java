package emblema.flash.codec;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts and hashes what passes. */
public final class MeasuredOutput extends FilterOutputStream {
  private final MessageDigest digest = Payload.md5();
  private long count;

  public MeasuredOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    digest.update(bytes, offset, length);
    count += length;
  }

  /** Bytes so far. */
  public long count() {
    return count;
  }

  /** MD5 of all bytes, in hex; nothing may follow. */
  public String md5() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
