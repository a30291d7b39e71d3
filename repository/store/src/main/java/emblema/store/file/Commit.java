package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.hash.PayloadFacts;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.catalog.CatalogChange;
import emblema.store.catalog.CatalogSnapshot;
import emblema.store.publication.PublicationOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes what is staged for one publisher durable, then visible, under the store's lock:
 *
 * <ol>
 *   <li>the new catalog is written into the staging directory, {@code catalog.attrs} last;
 *   <li>one sync makes payloads, manifests and catalog durable where they are staged;
 *   <li>payloads are renamed into the file store, then manifests into {@code pkg};
 *   <li>a second sync makes the names durable (no content is left to write);
 *   <li>the new catalog directory takes the place of the old one by a single exchange of names.
 * </ol>
 *
 * A crash before the last step leaves the old catalog; payloads and manifests that nothing mentions
 * are used again, or replaced, when the same is published again.
 */
final class Commit {
  private final PublisherStaging staging;
  private final PublicationOptions options;
  private final PublisherStore store;
  private final StoreLayout layout;
  private final Disk disk;

  Commit(PublisherStaging staging, PublicationOptions options) {
    this.staging = staging;
    this.options = options;
    this.store = staging.store();
    this.layout = store.layout();
    this.disk = store.disk();
  }

  void run() {
    if (staging.packages().isEmpty()) {
      return;
    }
    try (StoreLock ignored = StoreLock.await(store, options.clock())) {
      CatalogReplacement.finishInterrupted(store);
      CatalogSnapshot catalog = store.catalog();
      if (options.catalogued()) {
        staging.recheck(catalog);
      }
      List<String> payloads = newPayloads();
      makeDirectories(payloads);
      SafePath next = staging.directory().resolve("catalog");
      if (options.catalogued()) {
        disk.makeDirectory(next, PublisherStore.DIRECTORY_MODE);
        new CatalogChange(
                disk,
                next,
                store.prefix(),
                store.hasCatalog() ? layout.catalog() : null,
                catalog.attributes(),
                true)
            .add(
                staging.packages().stream().map(StagedPackage::addition).toList(),
                options.clock().instant());
      }
      disk.syncAll(layout.root());
      for (String sha1 : payloads) {
        disk.rename(staging.directory().resolve(sha1), layout.payload(sha1));
      }
      for (StagedPackage each : staging.packages()) {
        disk.rename(each.manifest(), layout.manifest(each.fmri()));
      }
      disk.syncAll(layout.root());
      if (options.catalogued()) {
        CatalogReplacement.replace(store, next);
      }
    }
  }

  /**
   * The staged payloads that the store still lacks. One that another process stored meanwhile stays
   * as that process stored it, and our manifests say so.
   */
  private List<String> newPayloads() {
    if (staging.intake().isStillFirst()) {
      return staging.intake().staged();
    }
    List<String> payloads = new ArrayList<>();
    Map<String, PayloadFacts> others = new HashMap<>();
    for (String name : staging.intake().staged()) {
      store
          .findPayload(name)
          .ifPresentOrElse(
              file -> others.put(name, staging.intake().facts(file, name)),
              () -> payloads.add(name));
    }
    if (!others.isEmpty()) {
      staging
          .packages()
          .replaceAll(each -> each.rewritten(disk, each.fmri(), action -> stored(action, others)));
    }
    return payloads;
  }

  private static Action stored(Action action, Map<String, PayloadFacts> others) {
    String name = action.payload();
    PayloadFacts facts = name == null ? null : others.get(name);
    return facts == null ? action : facts.applyTo(action);
  }

  private void makeDirectories(List<String> payloads) {
    Set<SafePath> directories = new TreeSet<>();
    payloads.forEach(sha1 -> directories.add(layout.payloadDirectory(sha1)));
    staging.packages().forEach(each -> directories.add(layout.manifestDirectory(each.fmri())));
    directories.forEach(store::ensureDirectory);
  }
}
