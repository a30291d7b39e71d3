package emblema.flash.create;

import emblema.core.error.NotFoundException;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.flash.view.ArchiveTrees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The unchanged master image that a differential archive is made against, or none. */
public final class OldImage implements AutoCloseable {
  private final Optional<Disk> disk;

  private OldImage(Optional<Disk> disk) {
    this.disk = disk;
  }

  /** For full archives. */
  public static OldImage none() {
    return new OldImage(Optional.empty());
  }

  /** An image in a directory. */
  public static OldImage directory(Path root) {
    if (!Files.isDirectory(root)) {
      throw new NotFoundException(
          "the old image '" + root + "' does not exist",
          "-A names a directory, 'be:NAME' or a full archive");
    }
    return new OldImage(Optional.of(RealDisk.open(root)));
  }

  /** An image that is open; closed with this. */
  public static OldImage of(Disk disk) {
    return new OldImage(Optional.of(disk));
  }

  /** An image in a directory, or a full archive, read without unpacking it. */
  public static OldImage at(Path path, Scratch scratch, EventSink events) {
    if (!Files.isRegularFile(path)) {
      return directory(path);
    }
    return of(ArchiveTrees.full(path, scratch.disk().root(), events));
  }

  public Optional<Disk> disk() {
    return disk;
  }

  @Override
  public void close() {
    disk.ifPresent(Disk::close);
  }
}
