package emblema.publisher.bundle;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.publication.PayloadSource;
import java.io.InputStream;

/** The content of a file in a tree. */
record DiskPayload(Disk disk, SafePath path) implements PayloadSource {
  @Override
  public long size() {
    return disk.stat(path).map(Stat::size).orElse(-1L);
  }

  @Override
  public InputStream open() {
    return disk.read(path);
  }
}
