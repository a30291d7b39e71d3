package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import emblema.store.publication.PublishableActions;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A publication into a repository directory; see {@link Commit} for how it becomes visible. */
final class FilePublication implements Publication {
  private static final String PHASE = "publish";

  private final FileRepository repository;
  private final PublicationOptions options;
  private final ExecutorService workers;
  private final SortedMap<String, PublisherStaging> stagings = new TreeMap<>();

  /** In the order of adding: the publisher and the place among its packages. */
  private final List<Added> added = new ArrayList<>();

  private record Added(String publisher, int index) {}

  FilePublication(FileRepository repository, PublicationOptions options) {
    this.repository = repository;
    this.options = options;
    this.workers =
        Executors.newFixedThreadPool(
            Math.max(1, options.threads()),
            Thread.ofPlatform().daemon().name("payload-", 1).factory());
  }

  @Override
  public Fmri add(Fmri fmri, Manifest manifest, Function<Action, PayloadSource> payloads) {
    PublishableActions.check(fmri, manifest);
    PublisherStaging staging = staging(repository.publisherFor(fmri));
    Fmri name = staging.name(fmri, options.clock().instant());
    List<Action> actions = PublishableActions.of(name, manifest, options.events());
    options
        .events()
        .emit(
            new Event.PhaseStarted(
                PHASE, "Publishing " + name.stem(), actions.size(), Event.Unit.ITEMS));
    staging.add(
        name,
        fmri.requireVersion().timestamp() != null,
        actions,
        payloads,
        workers,
        done -> options.events().emit(new Event.Advanced(PHASE, done)));
    options.events().emit(new Event.PhaseFinished(PHASE, actions.size()));
    added.add(new Added(staging.store().prefix(), staging.packages().size() - 1));
    return name;
  }

  @Override
  public Fmri copy(Fmri fmri, byte[] manifest, Function<PayloadReference, InputStream> stored) {
    if (fmri.publisher() == null || fmri.requireVersion().timestamp() == null) {
      throw new MalformedException(
          "only a package with its full name is copied, not '" + fmri + "'");
    }
    PublisherStaging staging = staging(fmri.publisher());
    Fmri name = staging.name(fmri, options.clock().instant());
    staging.copy(name, manifest, stored);
    added.add(new Added(staging.store().prefix(), staging.packages().size() - 1));
    return name;
  }

  private PublisherStaging staging(String publisher) {
    PublisherStaging staging = stagings.get(publisher);
    if (staging == null) {
      PublisherStore store = repository.storeForWriting(publisher, options.clock());
      staging = PublisherStaging.begin(store, options.clock());
      stagings.put(publisher, staging);
    }
    return staging;
  }

  @Override
  public List<Fmri> commit() {
    for (PublisherStaging staging : stagings.values()) {
      new Commit(staging, options).run();
    }
    List<Fmri> names = new ArrayList<>();
    for (Added each : added) {
      PublisherStaging staging = stagings.get(each.publisher());
      if (staging != null) {
        names.add(staging.packages().get(each.index()).fmri());
      }
    }
    close();
    return names;
  }

  @Override
  public void close() {
    workers.shutdownNow();
    workers.close();
    stagings.values().forEach(PublisherStaging::discard);
    stagings.clear();
    added.clear();
  }
}
