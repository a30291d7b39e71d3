package emblema.publisher.bundle;

import emblema.core.io.SharedFile;
import emblema.store.publication.PayloadSource;
import java.io.InputStream;

/**
 * A part of an archive as the content of an action.
 *
 * @param offset of its first byte in the file
 * @param size in bytes
 */
record FileRegion(SharedFile file, long offset, long size) implements PayloadSource {
  @Override
  public InputStream open() {
    return file.read(offset, size);
  }
}
