package emblema.core.io;

import java.nio.file.Path;

class PlainDiskTest extends DiskContract {
  @Override
  Disk open(Path root) {
    return PlainDisk.open(root);
  }
}
