package emblema.store.publication;

import java.io.InputStream;

/** Where the content of one payload comes from. */
public interface PayloadSource {
  /** Length in bytes, or -1 if unknown before reading. */
  long size();

  /** The content, uncompressed; closed by the reader. */
  InputStream open();
}
