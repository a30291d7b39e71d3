package emblema.depot.operation;

import emblema.store.file.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a response carries. */
public sealed interface Body {

  /** Nothing, with a length of 0. */
  record None() implements Body {}

  /** A small one. Not copied: whoever makes it gives it away. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] bytes) implements Body {}

  /**
   * A part of a file, sent as it is stored.
   *
   * @param offset of its first byte
   * @param length in bytes
   */
  record File(StoredFile file, long offset, long length) implements Body {}

  /** One whose length is not known before it is written. */
  record Streamed(Writer writer) implements Body {}

  /** Writes a body; closes nothing. */
  @FunctionalInterface
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  static Body none() {
    return new None();
  }

  static Body text(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static Body whole(StoredFile file) {
    return new File(file, 0, file.size());
  }
}
