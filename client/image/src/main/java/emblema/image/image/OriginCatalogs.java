package emblema.image.image;

import emblema.core.error.EmblemaException;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The image's copies of the catalogs of its publishers' origins, from which the known packages are
 * worked out (spec catalog, section 13). Damaged copies count as missing.
 */
public final class OriginCatalogs {
  private final Disk disk;
  private final ImageLayout layout;

  public OriginCatalogs(Image image) {
    this.disk = image.disk();
    this.layout = image.layout();
  }

  /** When the origin's catalog had changed last when it was copied. */
  public Optional<Instant> lastModified(String prefix, String uri) {
    SafePath directory = layout.originCatalog(prefix, uri);
    if (disk.stat(directory.resolve("catalog.attrs")).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new StateReader(disk, directory).lastModified(directory));
    } catch (EmblemaException e) {
      return Optional.empty();
    }
  }

  /** The copy's entries; none if there is no copy. */
  public List<StateEntry> entries(String prefix, String uri) {
    SafePath directory = layout.originCatalog(prefix, uri);
    return disk.stat(directory.resolve("catalog.attrs")).isEmpty()
        ? List.of()
        : new StateReader(disk, directory).entries(directory);
  }

  /** Replaces the copy; the attributes are written last, and make it count. */
  public void write(String prefix, String uri, List<StateEntry> entries, Instant lastModified) {
    SafePath directory = layout.originCatalog(prefix, uri);
    Trees.remove(disk, directory);
    Trees.make(disk, directory);
    List<StateEntry> sorted = entries.stream().sorted(ImageState.ORDER).toList();
    new StateWriter(disk, directory).writeCatalog(directory, sorted, lastModified, false);
    linkFor(prefix, directory);
  }

  /** The files of the copy as they were fetched; not found where there are none. */
  public CatalogFiles files(String prefix, String uri) {
    SafePath directory = layout.originCatalog(prefix, uri);
    return new CatalogFiles() {
      @Override
      public byte[] read(String name) {
        return disk.readBytes(directory.resolve(name));
      }

      @Override
      public String describe(String name) {
        return disk.describe(directory.resolve(name));
      }
    };
  }

  /**
   * Takes over files as they were fetched; the attributes are written last, and make them count.
   *
   * @param whole whether files that are not given go
   */
  public void write(String prefix, String uri, Map<String, byte[]> files, boolean whole) {
    SafePath directory = layout.originCatalog(prefix, uri);
    Trees.remove(disk, whole ? directory : directory.resolve(CatalogAttributes.FILE));
    Trees.make(disk, directory);
    files.forEach(
        (name, bytes) -> {
          if (!name.equals(CatalogAttributes.FILE)) {
            AtomicFile.write(disk, directory.resolve(name), 0644, bytes, Durability.NONE);
          }
        });
    byte[] attributes = files.getOrDefault(CatalogAttributes.FILE, new byte[0]);
    SafePath file = directory.resolve(CatalogAttributes.FILE);
    AtomicFile.write(disk, file, 0644, attributes, Durability.NONE);
    linkFor(prefix, directory);
  }

  /** Forgets copies of origins that the publisher has no more. */
  public void keepOnly(String prefix, Collection<Endpoint> origins) {
    SafePath all = layout.origins(prefix);
    if (disk.stat(all).isEmpty()) {
      return;
    }
    Set<String> wanted = new HashSet<>();
    origins.forEach(origin -> wanted.add(layout.originCatalog(prefix, origin.uri()).name()));
    for (String name : disk.list(all)) {
      if (!wanted.contains(name)) {
        Trees.remove(disk, all.resolve(name));
      }
    }
  }

  /** Forgets everything about a publisher but the manifests and payloads of its packages. */
  public void forget(String prefix) {
    Trees.remove(disk, layout.origins(prefix));
    Trees.remove(disk, layout.publisherCatalog(prefix));
    Trees.remove(disk, layout.lastRefreshed(prefix));
  }

  /** Everything that enabled publishers offer: of several origins the first to have it counts. */
  public List<StateEntry> offered(ImageConfig config) {
    List<StateEntry> result = new ArrayList<>();
    for (PublisherConfig publisher : config.enabledPublishers()) {
      Set<Object> seen = new HashSet<>();
      for (Endpoint origin : publisher.enabledOrigins()) {
        for (StateEntry entry : entries(publisher.prefix(), origin.uri())) {
          if (seen.add(entry.fmri())) {
            result.add(entry.withCatalogFlags());
          }
        }
      }
    }
    return result;
  }

  public Optional<Instant> lastRefreshed(String prefix) {
    return disk.stat(layout.lastRefreshed(prefix))
        .map(Stat::mtime)
        .map(nanos -> Instant.ofEpochSecond(0, nanos));
  }

  public void markRefreshed(String prefix, Instant now) {
    Trees.make(disk, layout.publisher(prefix));
    MetadataFile.touch(disk, layout.lastRefreshed(prefix), now);
  }

  /** The publisher's own catalog directory, for clients that look there. */
  private void linkFor(String prefix, SafePath directory) {
    SafePath catalog = layout.publisherCatalog(prefix);
    Trees.remove(disk, catalog);
    Trees.make(disk, catalog);
    for (String name : disk.list(directory)) {
      disk.symlink("../origins/" + directory.name() + "/" + name, catalog.resolve(name));
    }
  }
}
