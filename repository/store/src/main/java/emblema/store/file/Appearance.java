package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.catalog.CatalogAddition;
import emblema.store.catalog.CatalogChange;
import emblema.store.catalog.CatalogSnapshot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The moment in which packages become visible. Whoever holds the store's lock says which staged
 * files are to become what, then runs it once:
 *
 * <ol>
 *   <li>the new catalog is written into a staging directory, {@code catalog.attrs} last;
 *   <li>one sync makes payloads, manifests and catalog durable where they are staged;
 *   <li>payloads are renamed into the file store, then manifests into {@code pkg};
 *   <li>a second sync makes the names durable (no content is left to write);
 *   <li>the new catalog directory takes the place of the old one by a single exchange of names.
 * </ol>
 *
 * A crash before the last step leaves the old catalog; payloads and manifests that nothing mentions
 * are used again, or replaced, when the same is published again.
 */
final class Appearance {
  private final PublisherStore store;
  private final StoreLayout layout;
  private final Disk disk;
  private final SafePath directory;
  private final CatalogSnapshot present;
  private final InstantSource clock;
  private final Map<String, SafePath> payloads = new LinkedHashMap<>();
  private final List<StagedPackage> manifests = new ArrayList<>();
  private final List<CatalogAddition> additions = new ArrayList<>();
  private final List<CatalogAddition> replaced = new ArrayList<>();

  /**
   * @param directory in which the new catalog is made
   * @param present the catalog, read under the lock
   */
  Appearance(
      PublisherStore store, SafePath directory, CatalogSnapshot present, InstantSource clock) {
    this.store = store;
    this.layout = store.layout();
    this.disk = store.disk();
    this.directory = directory;
    this.present = present;
    this.clock = clock;
  }

  /** A staged payload that the store lacks; the first of a name counts. */
  void payload(SafePath file, String sha1) {
    payloads.putIfAbsent(sha1, file);
  }

  void manifest(StagedPackage staged) {
    manifests.add(staged);
  }

  void catalogued(CatalogAddition addition) {
    additions.add(addition);
  }

  /** As {@link #catalogued}, in the place of what the catalog has of the same version. */
  void recatalogued(CatalogAddition before, CatalogAddition after) {
    replaced.add(before);
    additions.add(after);
  }

  void run() {
    makeDirectories();
    SafePath next = directory.resolve("catalog");
    boolean catalogued = !additions.isEmpty();
    if (catalogued) {
      disk.makeDirectory(next, PublisherStore.DIRECTORY_MODE);
      SafePath old = store.hasCatalog() ? layout.catalog() : null;
      new CatalogChange(disk, next, store.prefix(), old, present.attributes(), true)
          .put(additions, replaced, clock.instant());
    }
    disk.syncAll(layout.root());
    payloads.forEach((sha1, file) -> disk.rename(file, layout.payload(sha1)));
    for (StagedPackage each : manifests) {
      disk.rename(each.manifest(), layout.manifest(each.fmri()));
    }
    disk.syncAll(layout.root());
    if (catalogued) {
      CatalogReplacement.replace(store, next);
    }
  }

  private void makeDirectories() {
    Set<SafePath> directories = new TreeSet<>();
    payloads.keySet().forEach(sha1 -> directories.add(layout.payloadDirectory(sha1)));
    manifests.forEach(each -> directories.add(layout.manifestDirectory(each.fmri())));
    directories.forEach(store::ensureDirectory);
  }
}
