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
public final class PublisherStore {
  public static final int DIRECTORY_MODE = 0755;
  public static final int FILE_MODE = 0644;

  private final Disk disk;
  private final String prefix;
  private final StoreLayout layout;
  private final LockWait lockWait;

  PublisherStore(Disk disk, String prefix, StoreLayout layout, LockWait lockWait) {
    this.disk = disk;
    this.prefix = prefix;
    this.layout = layout;
    this.lockWait = lockWait;
  }

  /** How long its lock is waited for. */
  LockWait lockWait() {
    return lockWait;
  }

  public String prefix() {
    return prefix;
  }

  public StoreLayout layout() {
    return layout;
  }

  public Disk disk() {
    return disk;
  }

  public boolean exists() {
    return disk.stat(layout.root()).filter(Stat::isDirectory).isPresent();
  }

  /** The present catalog; one without packages if there is none. */
  public CatalogSnapshot catalog() {
    return hasCatalog()
        ? CatalogSnapshot.read(prefix, catalogFiles())
        : CatalogSnapshot.empty(prefix, Instant.EPOCH);
  }

  /** Only the attributes of the present catalog. */
  public CatalogAttributes catalogAttributes() {
    return hasCatalog()
        ? CatalogSnapshot.readAttributes(catalogFiles())
        : CatalogAttributes.empty(Instant.EPOCH);
  }

  /** Also true in the moment in which the reference has the old one renamed away. */
  public boolean hasCatalog() {
    return disk.stat(layout.catalog().resolve(CatalogAttributes.FILE)).isPresent()
        || disk.stat(layout.oldCatalog()).isPresent();
  }

  /** The files of the present catalog, read one by one. */
  public CatalogFiles catalogFiles() {
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

  public byte[] manifest(Fmri fmri) {
    return disk.readBytes(existingManifest(fmri));
  }

  InputStream openManifest(Fmri fmri) {
    return disk.read(existingManifest(fmri));
  }

  private SafePath existingManifest(Fmri fmri) {
    SafePath file = layout.manifest(fmri);
    if (disk.stat(file).filter(Stat::isFile).isEmpty()) {
      throw new NotFoundException("no manifest could be found for the package '" + fmri + "'");
    }
    return file;
  }

  public InputStream payload(String sha1) {
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
  public Optional<SafePath> findPayload(String sha1) {
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
  public void ensureDirectory(SafePath directory) {
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
