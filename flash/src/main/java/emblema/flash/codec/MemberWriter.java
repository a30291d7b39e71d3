package emblema.flash.codec;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a cpio or pax stream, member by member. */
public interface MemberWriter {
  /**
   * Begins a member; {@link Member#size} bytes are then written to the result, which is not closed.
   */
  OutputStream begin(Member member) throws IOException;

  /** Whether {@link Member#attributes} are written. */
  boolean holdsAttributes();

  /** Writes the end of the stream; closes nothing. */
  void finish() throws IOException;
}
