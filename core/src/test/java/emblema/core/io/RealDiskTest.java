package emblema.core.io;

import java.nio.file.Path;

class RealDiskTest extends DiskContract {
  @Override
  Disk open(Path root) {
    return RealDisk.open(root);
  }
}
