package emblema.store.file;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogFiles;
import emblema.store.catalog.CatalogSnapshot;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** One publisher's catalog, manifests and payloads (spec repository, section 5). */
final class PublisherStore {
  static final int DIRECTORY_MODE = 0755;
  static final int FILE_MODE = 0644;

  private final Disk disk;
  private final String prefix;
  private final StoreLayout layout;

  PublisherStore(Disk disk, String prefix, StoreLayout layout) {
    this.disk = disk;
    this.prefix = prefix;
    this.layout = layout;
  }

  String prefix() {
    return prefix;
  }

  StoreLayout layout() {
    return layout;
  }

  Disk disk() {
    return disk;
  }

  boolean exists() {
    return disk.stat(layout.root()).filter(Stat::isDirectory).isPresent();
  }

  /** The present catalog; one without packages if there is none. */
  CatalogSnapshot catalog() {
    return hasCatalog()
        ? CatalogSnapshot.read(prefix, catalogFiles())
        : CatalogSnapshot.empty(prefix, Instant.EPOCH);
  }

  /** Only the attributes of the present catalog. */
  CatalogAttributes catalogAttributes() {
    return hasCatalog()
        ? CatalogSnapshot.readAttributes(catalogFiles())
        : CatalogAttributes.empty(Instant.EPOCH);
  }

  /** Also true in the moment in which the reference has the old one renamed away. */
  boolean hasCatalog() {
    return disk.stat(layout.catalog().resolve(CatalogAttributes.FILE)).isPresent()
        || disk.stat(layout.oldCatalog()).isPresent();
  }

  CatalogFiles catalogFiles() {
    return new CatalogFiles() {
      @Override
      public byte[] read(String name) {
        return disk.readBytes(layout.catalog().resolve(name));
      }

      @Override
      public String describe(String name) {
        return disk.describe(layout.catalog().resolve(name));
      }
    };
  }

  byte[] manifest(Fmri fmri) {
    SafePath file = layout.manifest(fmri);
    if (disk.stat(file).filter(Stat::isFile).isEmpty()) {
      throw new NotFoundException("no manifest could be found for the package '" + fmri + "'");
    }
    return disk.readBytes(file);
  }

  InputStream payload(String sha1) {
    return disk.read(
        findPayload(sha1)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "no file could be found for the hash '"
                            + sha1
                            + "' in the repository of '"
                            + prefix
                            + "'")));
  }

  /** Where the payload is stored, if it is. */
  Optional<SafePath> findPayload(String sha1) {
    SafePath file = layout.payload(sha1);
    if (disk.stat(file).filter(Stat::isFile).isPresent()) {
      return Optional.of(file);
    }
    if (layout.root().isRoot()) {
      SafePath old = layout.oldPayload(sha1);
      return disk.stat(old).filter(Stat::isFile).map(ignored -> old);
    }
    return Optional.empty();
  }

  /** Makes a directory, and those above it, if they are missing. */
  void ensureDirectory(SafePath directory) {
    if (directory.isRoot() || disk.stat(directory).filter(Stat::isDirectory).isPresent()) {
      return;
    }
    directory.parent().ifPresent(this::ensureDirectory);
    try {
      disk.makeDirectory(directory, DIRECTORY_MODE);
    } catch (ConflictException e) {
      if (disk.stat(directory).filter(Stat::isDirectory).isEmpty()) {
        throw e;
      }
      // another process was faster
    }
  }
}
