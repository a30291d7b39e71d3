package emblema.flash.create;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.codec.Payload;
import emblema.flash.tree.Extraction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The unchanged master image that a differential archive is made against, or none. */
public final class OldImage implements AutoCloseable {
  private static final SafePath UNPACKED = SafePath.of(".old");

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

  /** An image in a directory, or unpacked from a full archive. */
  public static OldImage at(Path path, Scratch scratch, EventSink events) {
    if (!Files.isRegularFile(path)) {
      return directory(path);
    }
    scratch.disk().makeDirectory(UNPACKED, 0700);
    try (ArchiveReader archive = new ArchiveReader(open(path), path.toString())) {
      if (archive.identification().isDifferential()) {
        throw new ConflictException(
            "archive '" + path + "' is DIFFERENTIAL: the old image must be whole",
            "name the full archive that it belongs to");
      }
      Payload payload = archive.files();
      payload.warnings().forEach(text -> events.emit(new Event.Warning(text)));
      new Extraction(scratch.disk(), UNPACKED, events).run(payload.members(), archive.source());
      archive.checkId(payload.finish(), events);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    if (!scratch.disk().isPrivileged()) {
      events.emit(
          new Event.Warning(
              "unpacked by an ordinary user every file belongs to that user: files of others seem"
                  + " changed"));
    }
    return directory(scratch.disk().root().resolve(UNPACKED.text()));
  }

  private static java.io.InputStream open(Path path) {
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static StorageException unreadable(Path path, IOException e) {
    return new StorageException(
        "cannot read '" + path + "'", Objects.toString(e.getMessage(), null), List.of(), e);
  }

  public Optional<Disk> disk() {
    return disk;
  }

  @Override
  public void close() {
    disk.ifPresent(Disk::close);
  }
}
