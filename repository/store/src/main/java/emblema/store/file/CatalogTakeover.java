package emblema.store.file;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Puts another repository's catalog, byte for byte, in the place of a store's own, in one step. */
final class CatalogTakeover {
  private CatalogTakeover() {}

  static void run(PublisherStore store, CatalogCopy copy, InstantSource clock) {
    Disk disk = store.disk();
    try (StagingDirectory staging = StagingDirectory.make(store, clock);
        StoreLock ignored = StoreLock.await(store, clock)) {
      CatalogReplacement.finishInterrupted(store);
      SafePath next = staging.path().resolve("catalog");
      disk.makeDirectory(next, PublisherStore.DIRECTORY_MODE);
      copy.files().forEach((name, bytes) -> write(disk, next.resolve(name), bytes, copy));
      disk.syncAll(store.layout().root());
      CatalogReplacement.replace(store, next);
    }
  }

  private static void write(Disk disk, SafePath file, byte[] bytes, CatalogCopy copy) {
    try (OutputStream out = disk.create(file, PublisherStore.FILE_MODE)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new StorageException(
          "'" + disk.describe(file) + "' cannot be written", e.getMessage(), List.of(), e);
    }
    CatalogAttributes attributes = copy.attributes();
    Instant when =
        Optional.ofNullable(attributes.parts().get(file.name()))
            .or(() -> Optional.ofNullable(attributes.updates().get(file.name())))
            .map(CatalogAttributes.FileState::lastModified)
            .orElse(attributes.lastModified());
    long nanos = when.getEpochSecond() * 1_000_000_000L;
    disk.setTimes(file, nanos, nanos);
  }
}
