package emblema.flash.codec;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The members of a cpio or pax stream, one after the other, in constant memory. */
public interface MemberReader {
  /** The next member, or null after the last; content that was not read is passed over. */
  @Nullable Member next() throws IOException;

  /** The content of the member that {@link #next} told; ends with it. */
  InputStream content();

  /** By the first bytes of the stream: cpio of three forms, else pax. */
  static MemberReader of(InputStream stream, boolean isCpio) {
    return isCpio ? new CpioReader(stream) : new PaxReader(stream);
  }
}
