package emblema.store.file;

import emblema.core.error.IntegrityException;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Takes payloads out of a file store that nothing needs: what crashes, removals by others and
 * publications that never were catalogued have left. A payload is kept if any manifest or open
 * transaction mentions it, if it is younger than the grace period, or if a publication under way
 * counts on it, which takes it back when it commits.
 */
final class Sweep {
  private final PublisherStore store;
  private final InstantSource clock;
  private final Disk disk;

  Sweep(PublisherStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.disk = store.disk();
  }

  /** What a sweep would take now; changes nothing and takes no lock. */
  RemovedPayloads measure(Duration grace) {
    return measured(unneeded(grace));
  }

  RemovedPayloads run(Duration grace) {
    try (StagingDirectory staging = StagingDirectory.make(store, clock);
        StoreLock ignored = StoreLock.await(store, clock)) {
      CatalogReplacement.finishInterrupted(store);
      List<String> unneeded = unneeded(grace);
      RemovedPayloads removed = measured(unneeded);
      PayloadTrash trash = new PayloadTrash(store);
      trash.discard(unneeded);
      trash.empty(staging.path(), clock);
      disk.syncAll(store.layout().root());
      return removed;
    }
  }

  private List<String> unneeded(Duration grace) {
    requireWholeManifests();
    long limit = clock.instant().minus(grace).getEpochSecond();
    PayloadNames names = PayloadNames.stored(store, stat -> isOlder(stat, limit));
    new PayloadReferences(store).strike(names, Set.of());
    return names.left();
  }

  /** By when it was stored, which the change time tells, or made. */
  private static boolean isOlder(Stat stat, long limit) {
    return Math.max(stat.mtime(), stat.ctime()) / 1_000_000_000L <= limit;
  }

  /** A damaged manifest may have lost names: then nobody knows what is needed. */
  private void requireWholeManifests() {
    store
        .catalog()
        .forEach(
            entry -> {
              SafePath path = store.layout().manifest(entry.fmri());
              boolean missing = disk.stat(path).filter(Stat::isFile).isEmpty();
              String actual = missing ? "no such file" : Digest.SHA1.hex(disk.readBytes(path));
              if (!entry.manifestSha1().isEmpty() && !actual.equals(entry.manifestSha1())) {
                throw new IntegrityException(
                    disk.describe(path),
                    "SHA-1 of the manifest",
                    entry.manifestSha1(),
                    actual,
                    "run 'pkgrepo fix' first: nothing is swept while manifests are damaged");
              }
            });
  }

  private RemovedPayloads measured(List<String> names) {
    long bytes = 0;
    for (String name : names) {
      bytes += store.findPayload(name).flatMap(disk::stat).map(Stat::size).orElse(0L);
    }
    return new RemovedPayloads(names.size(), bytes);
  }
}
