package emblema.store.file;

import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.manifest.ManifestReader;
import emblema.store.catalog.CatalogAddition;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogChange;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings a catalog in line with the stored manifests (spec repository, section 13). */
final class CatalogRefresh {
  private final PublisherStore store;
  private final Disk disk;
  private final InstantSource clock;
  private final EventSink events;

  CatalogRefresh(PublisherStore store, InstantSource clock, EventSink events) {
    this.store = store;
    this.disk = store.disk();
    this.clock = clock;
    this.events = events;
  }

  /** Adds what is stored but not yet in the catalog; how many packages that were. */
  int add() {
    return change(true);
  }

  /** Makes a new catalog, with a new identity, from all that is stored; how many packages. */
  int rebuild() {
    return change(false);
  }

  private int change(boolean keep) {
    try (StagingDirectory staging = StagingDirectory.make(store, clock);
        StoreLock ignored = StoreLock.await(store, clock)) {
      CatalogReplacement.finishInterrupted(store);
      Set<String> known = new HashSet<>();
      if (keep) {
        store.catalog().forEachVersion((stem, version) -> known.add(stem + "@" + version));
      }
      List<CatalogAddition> additions = additions(known, Set.of());
      if (keep && additions.isEmpty()) {
        return 0;
      }
      SafePath next = staging.path().resolve("catalog");
      disk.makeDirectory(next, PublisherStore.DIRECTORY_MODE);
      CatalogAttributes before =
          keep
              ? store.catalogAttributes()
              : CatalogAttributes.empty(clock.instant().truncatedTo(ChronoUnit.MICROS));
      new CatalogChange(
              disk,
              next,
              store.prefix(),
              keep && store.hasCatalog() ? store.layout().catalog() : null,
              before,
              keep)
          .add(additions, clock.instant());
      disk.syncAll(store.layout().root());
      CatalogReplacement.replace(store, next);
      return additions.size();
    }
  }

  /** Writes a new catalog, with a new identity, of all that is stored but for some manifests. */
  void buildAnew(SafePath directory, Set<SafePath> except) {
    CatalogAttributes before =
        CatalogAttributes.empty(clock.instant().truncatedTo(ChronoUnit.MICROS));
    new CatalogChange(disk, directory, store.prefix(), null, before, false)
        .add(additions(new HashSet<>(), except), clock.instant());
  }

  private List<CatalogAddition> additions(Set<String> known, Set<SafePath> except) {
    List<CatalogAddition> additions = new ArrayList<>();
    SafePath manifests = store.layout().manifests();
    if (disk.stat(manifests).isEmpty()) {
      return additions;
    }
    for (String stem : disk.list(manifests)) {
      SafePath directory = manifests.resolve(stem);
      if (disk.stat(directory).filter(Stat::isDirectory).isPresent()) {
        for (String version : disk.list(directory)) {
          SafePath file = directory.resolve(version);
          if (!except.contains(file)) {
            addition(stem, version, file, known).ifPresent(additions::add);
          }
        }
      }
    }
    return additions;
  }

  private Optional<CatalogAddition> addition(
      String stem, String version, SafePath file, Set<String> known) {
    try {
      Fmri fmri = Fmri.fromPathElements(store.prefix(), stem, version);
      if (!known.add(fmri.stem() + "@" + fmri.requireVersion())) {
        return Optional.empty();
      }
      return Optional.of(read(fmri, file));
    } catch (MalformedException e) {
      events.emit(
          new Event.Warning(
              "skipped '" + disk.describe(file) + "', which is not a manifest: " + e.reason()));
      return Optional.empty();
    }
  }

  private CatalogAddition read(Fmri fmri, SafePath file) {
    return read(disk, fmri, file);
  }

  /** What the catalog says of a package, from its manifest. */
  static CatalogAddition read(Disk disk, Fmri fmri, SafePath file) {
    MessageDigest digest = Digest.SHA1.start();
    CatalogAddition.Builder builder = new CatalogAddition.Builder();
    try (InputStream in = new DigestInputStream(disk.read(file), digest)) {
      ManifestReader.stream(in, disk.describe(file), builder::take);
    } catch (IOException e) {
      throw new StorageException(
          "'" + disk.describe(file) + "' cannot be read", e.getMessage(), List.of(), e);
    }
    return builder.build(fmri, Digest.finish(digest));
  }
}
