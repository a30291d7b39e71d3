package emblema.core.hash;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes content in the fixed gzip form of stored payloads (spec manifest, section 6.4) while
 * computing all facts in one pass. Deflate level 6; libdeflate where present, else the JDK's.
 */
public final class PayloadGzip {
  private PayloadGzip() {}

  /**
   * Reads all of {@code content}, writes its gzip stream to {@code stored}, closes neither.
   *
   * @param sizeHint expected content length in bytes, or -1
   */
  public static PayloadFacts write(InputStream content, long sizeHint, OutputStream stored) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The facts of a payload that is already stored, from its gzip stream. */
  public static PayloadFacts facts(InputStream stored) {
    throw new UnsupportedOperationException("not yet");
  }
}
