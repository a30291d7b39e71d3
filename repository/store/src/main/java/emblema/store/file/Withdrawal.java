package emblema.store.file;

import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import emblema.store.catalog.CatalogChange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes packages out of a store (spec repository, section 13). They leave the catalog first, all at
 * once by one exchange of names, then their manifests go, then the payloads that nothing else
 * needs; so a reader never sees a package without content. A journal lets the next change finish
 * what a crash cut off; payloads left by one are found by a sweep.
 */
final class Withdrawal {
  private final PublisherStore store;
  private final InstantSource clock;
  private final EventSink events;
  private final Disk disk;

  Withdrawal(PublisherStore store, InstantSource clock, EventSink events) {
    this.store = store;
    this.clock = clock;
    this.events = events;
    this.disk = store.disk();
  }

  /** Removes packages that the catalog lists, and every payload that only they need. */
  RemovedPayloads remove(List<Fmri> packages) {
    List<SafePath> manifests = packages.stream().map(store.layout()::manifest).toList();
    try (StagingDirectory staging = StagingDirectory.make(store, clock);
        StoreLock ignored = StoreLock.await(store, clock)) {
      CatalogReplacement.finishInterrupted(store);
      SafePath next = makeDirectory(staging);
      change(next).change(packages, List.of(), clock.instant());
      List<String> orphans = orphans(manifests);
      dropReferenceIndex(staging);
      long bytes = orphans.stream().mapToLong(this::size).sum();
      withdraw(next, SafePath.ROOT, manifests);
      PayloadTrash trash = new PayloadTrash(store);
      trash.discard(orphans);
      trash.empty(staging.path(), clock);
      return new RemovedPayloads(orphans.size(), bytes);
    }
  }

  /**
   * Moves damaged objects away, with what they make useless: first payloads, of which a crash
   * leaves that they are missing; then the packages leave the catalog, then their manifests go.
   *
   * @return where everything went, and which manifests; the root if nothing was moved
   */
  Quarantined quarantine(Damage damage) {
    try (StagingDirectory staging = StagingDirectory.make(store, clock);
        StoreLock ignored = StoreLock.await(store, clock)) {
      CatalogReplacement.finishInterrupted(store);
      Set<SafePath> manifests = new TreeSet<>(damage.manifests());
      manifests.addAll(mentioning(damage.payloads()));
      SafePath destination = freeDestination();
      SafePath next = makeDirectory(staging);
      if (damage.catalog()) {
        new CatalogRefresh(store, clock, events).buildAnew(next, manifests);
      } else {
        change(next).change(listed(manifests), List.of(), clock.instant());
      }
      for (SafePath each : damage.payloads()) {
        if (disk.stat(each).isPresent()) {
          SafePath target = destination.resolve(each.relativeTo(store.layout().root()));
          store.ensureDirectory(target.parent().orElseThrow());
          disk.rename(each, target);
        }
      }
      withdraw(next, destination, List.copyOf(manifests));
      disk.syncAll(store.layout().root());
      return new Quarantined(destination, List.copyOf(manifests));
    }
  }

  private SafePath freeDestination() {
    for (int i = 1; ; i++) {
      SafePath directory = store.layout().quarantine().resolve("fix.%06d".formatted(i));
      if (disk.stat(directory).isEmpty()) {
        return directory;
      }
    }
  }

  /** Packages that may have been published since the damage was found count on it, too. */
  private Set<SafePath> mentioning(Set<SafePath> payloads) {
    Set<SafePath> manifests = new TreeSet<>();
    if (payloads.isEmpty() || disk.stat(store.layout().manifests()).isEmpty()) {
      return manifests;
    }
    Set<String> names = new HashSet<>();
    payloads.forEach(path -> names.add(path.name()));
    new TreeWalker(disk)
        .walk(
            store.layout().manifests(),
            (path, stat) -> {
              if (stat.isFile()
                  && !Collections.disjoint(PayloadNames.mentioned(disk, path), names)) {
                manifests.add(path);
              }
              return true;
            });
    return manifests;
  }

  /** The packages of those manifests that the catalog lists. */
  private List<Fmri> listed(Set<SafePath> manifests) {
    List<Fmri> listed = new ArrayList<>();
    store
        .catalog()
        .forEach(
            entry -> {
              if (manifests.contains(store.layout().manifest(entry.fmri()))) {
                listed.add(entry.fmri());
              }
            });
    return listed;
  }

  /** The reference's search index cannot forget packages: as it does, we make it start anew. */
  private void dropReferenceIndex(StagingDirectory staging) {
    SafePath index = store.layout().root().resolve("index");
    if (disk.stat(index).isPresent()) {
      disk.rename(index, staging.path().resolve("index"));
    }
  }

  private SafePath makeDirectory(StagingDirectory staging) {
    SafePath next = staging.path().resolve("catalog");
    disk.makeDirectory(next, PublisherStore.DIRECTORY_MODE);
    return next;
  }

  private CatalogChange change(SafePath next) {
    return new CatalogChange(
        disk,
        next,
        store.prefix(),
        store.hasCatalog() ? store.layout().catalog() : null,
        store.catalogAttributes(),
        true);
  }

  private void withdraw(SafePath next, SafePath destination, List<SafePath> manifests) {
    WithdrawalJournal journal = new WithdrawalJournal(store);
    if (!manifests.isEmpty()) {
      journal.write(destination, manifests);
    }
    disk.syncAll(store.layout().root());
    CatalogReplacement.replace(store, next);
    journal.finish();
  }

  /** Payloads that the manifests mention and nothing else does. */
  private List<String> orphans(List<SafePath> manifests) {
    Set<SafePath> going = new HashSet<>(manifests);
    List<String> mentioned = new ArrayList<>();
    for (SafePath each : manifests) {
      if (disk.stat(each).filter(Stat::isFile).isPresent()) {
        mentioned.addAll(PayloadNames.mentioned(disk, each));
      }
    }
    mentioned.removeIf(name -> store.findPayload(name).isEmpty());
    PayloadNames names = PayloadNames.of(mentioned);
    new PayloadReferences(store).strike(names, going);
    return names.left();
  }

  private long size(String name) {
    return store.findPayload(name).flatMap(disk::stat).map(Stat::size).orElse(0L);
  }
}
