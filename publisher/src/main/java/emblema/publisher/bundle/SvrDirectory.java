package emblema.publisher.bundle;

import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.publication.PayloadSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An SVR4 package as a directory. */
final class SvrDirectory implements SvrFiles {
  private final Disk disk;

  SvrDirectory(Path directory) {
    this.disk = RealDisk.open(directory);
  }

  static boolean isPackage(Path directory) {
    return Files.isRegularFile(directory.resolve("pkginfo"))
        && Files.isRegularFile(directory.resolve("pkgmap"));
  }

  @Override
  public Optional<PayloadSource> file(String name) {
    SafePath path = SafePath.of(name);
    return disk.stat(path).filter(Stat::isFile).map(stat -> new DiskPayload(disk, path));
  }

  @Override
  public String name() {
    return disk.root().toString();
  }

  @Override
  public void close() {
    disk.close();
  }
}
