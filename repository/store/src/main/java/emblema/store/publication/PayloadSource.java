package emblema.store.publication;

import emblema.core.hash.KnownHashes;
import java.io.InputStream;
import java.util.Optional;

/** Where the content of one payload comes from. */
public interface PayloadSource {
  /** Length in bytes, or -1 if unknown before reading. */
  long size();

  /** The hashes of the content if an earlier reading told them; checked, not trusted. */
  default Optional<KnownHashes> known() {
    return Optional.empty();
  }

  /** The content, uncompressed; closed by the reader. */
  InputStream open();
}
