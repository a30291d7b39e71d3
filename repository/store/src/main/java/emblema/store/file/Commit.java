package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.error.ConflictException;
import emblema.core.hash.PayloadFacts;
import emblema.core.io.Disk;
import emblema.store.catalog.CatalogSnapshot;
import emblema.store.publication.PublicationOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives what is staged for one publisher its final form under the store's lock, then makes it
 * visible; see {@link Appearance}.
 */
final class Commit {
  private final PublisherStaging staging;
  private final PublicationOptions options;
  private final PublisherStore store;
  private final Disk disk;

  Commit(PublisherStaging staging, PublicationOptions options) {
    this.staging = staging;
    this.options = options;
    this.store = staging.store();
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
      takeBackDiscarded();
      Appearance appearance = new Appearance(store, staging.directory(), catalog, options.clock());
      newPayloads().forEach(sha1 -> appearance.payload(staging.directory().resolve(sha1), sha1));
      staging.packages().forEach(appearance::manifest);
      if (options.catalogued()) {
        staging.packages().forEach(each -> appearance.catalogued(each.addition()));
      }
      appearance.run();
    }
  }

  /** Payloads that were there when we looked may have been removed or swept since. */
  private void takeBackDiscarded() {
    PayloadTrash trash = new PayloadTrash(store);
    for (String name : staging.intake().reused()) {
      if (store.findPayload(name).isEmpty() && !trash.recover(name)) {
        throw new ConflictException(
            "payload '" + name + "' was removed from the repository meanwhile",
            "publish again: the content is then taken from its source");
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
          .replaceAll(
              each ->
                  each.exact()
                      ? each
                      : each.rewritten(disk, each.fmri(), action -> stored(action, others)));
    }
    return payloads;
  }

  private static Action stored(Action action, Map<String, PayloadFacts> others) {
    String name = action.payload();
    PayloadFacts facts = name == null ? null : others.get(name);
    return facts == null || facts.compressedSha1().equals(action.attributes().get("chash", ""))
        ? action
        : facts.applyTo(action);
  }
}
