package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.action.SignatureAction;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.io.SafePath;
import emblema.core.manifest.ManifestReader;
import emblema.store.catalog.CatalogSnapshot;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.PublishableActions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * What one publication prepares for one publisher: a directory of its own, with payloads under
 * their SHA-1 and manifests as {@code manifest.N}.
 */
final class PublisherStaging {
  /** Most actions that one worker takes at a time: small files cost less than handing over. */
  private static final int BATCH = 16;

  /** In a package of few actions each may be large: then they are taken in smaller batches. */
  private static final int BATCHES = 64;

  /** How many batches may wait to be written; bounds memory, not parallelism. */
  private static final int WINDOW = 32;

  private final PublisherStore store;
  private final StagingDirectory directory;
  private final PayloadIntake intake;
  private final List<StagedPackage> packages = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private String catalogSignature = "";

  private PublisherStaging(PublisherStore store, StagingDirectory directory) {
    this.store = store;
    this.directory = directory;
    this.intake = new PayloadIntake(store, directory.path());
    readTaken(store.catalog());
  }

  static PublisherStaging begin(PublisherStore store, InstantSource clock) {
    StagingDirectory directory = StagingDirectory.make(store, clock);
    try {
      return new PublisherStaging(store, directory);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  PublisherStore store() {
    return store;
  }

  SafePath directory() {
    return directory.path();
  }

  List<StagedPackage> packages() {
    return packages;
  }

  PayloadIntake intake() {
    return intake;
  }

  private void readTaken(CatalogSnapshot catalog) {
    catalog.forEachVersion((stem, version) -> taken.add(stem + "@" + version));
    catalogSignature = signature(catalog);
  }

  private static String signature(CatalogSnapshot catalog) {
    return catalog.attributes().lastModified() + " " + catalog.attributes().created();
  }

  /** The full name under which a package is published; conflict if the catalog has it. */
  Fmri name(Fmri wanted, Instant now) {
    Version version = wanted.requireVersion();
    if (version.timestamp() != null) {
      Fmri fmri = wanted.withPublisher(store.prefix());
      if (!taken.add(key(fmri))) {
        throw exists(fmri);
      }
      return fmri;
    }
    Instant when = now.truncatedTo(ChronoUnit.SECONDS);
    Fmri fmri = wanted.withPublisher(store.prefix()).withVersion(version.withTimestamp(when));
    while (!taken.add(key(fmri))) {
      when = when.plusSeconds(1);
      fmri = fmri.withVersion(version.withTimestamp(when));
    }
    return fmri;
  }

  static ConflictException exists(Fmri fmri) {
    return new ConflictException(
        "the specified FMRI, '" + fmri + "', already exists or has been restricted",
        "publish a newer version, or leave the timestamp to the repository");
  }

  private static String key(Fmri fmri) {
    return fmri.stem() + "@" + fmri.requireVersion();
  }

  /** Stages one package; payloads are compressed by the workers, a bounded number ahead. */
  void add(
      Fmri fmri,
      boolean timestampGiven,
      List<Action> actions,
      Function<Action, PayloadSource> sources,
      ExecutorService workers,
      IntConsumer progress) {
    SafePath file = directory.path().resolve("manifest." + packages.size());
    Deque<Future<List<Action>>> window = new ArrayDeque<>();
    int size = Math.clamp(actions.size() / BATCHES, 1, BATCH);
    int done = 0;
    try (StagedPackage.Writer writer = new StagedPackage.Writer(store.disk(), file, fmri)) {
      for (int start = 0; start < actions.size(); start += size) {
        List<Action> batch = actions.subList(start, Math.min(actions.size(), start + size));
        window.add(
            batch.stream().anyMatch(action -> action.type().hasPayload())
                ? workers.submit(() -> taken(batch, sources))
                : CompletableFuture.completedFuture(batch));
        if (window.size() >= WINDOW) {
          done = write(window.remove(), writer, done, progress);
        }
      }
      while (!window.isEmpty()) {
        done = write(window.remove(), writer, done, progress);
      }
      packages.add(writer.finish(timestampGiven));
    } finally {
      window.forEach(future -> future.cancel(true));
    }
  }

  /** Stages a package that was published elsewhere as it is. */
  void copy(Fmri fmri, byte[] manifest, Function<PayloadReference, InputStream> stored) {
    SafePath file = directory.path().resolve("manifest." + packages.size());
    List<Action> actions =
        ManifestReader.read(new ByteArrayInputStream(manifest), fmri.toString()).actions();
    boolean signed = actions.stream().anyMatch(SignatureAction.class::isInstance);
    List<Action> kept = new ArrayList<>(actions.size());
    boolean same = true;
    for (Action action : actions) {
      Action next = intake.copy(action, stored, signed);
      same &= next == action;
      kept.add(next);
    }
    if (same) {
      packages.add(StagedPackage.copied(store.disk(), file, fmri, manifest, actions, signed));
      return;
    }
    try (StagedPackage.Writer writer = new StagedPackage.Writer(store.disk(), file, fmri)) {
      kept.stream().filter(action -> !PublishableActions.isName(action)).forEach(writer::write);
      packages.add(writer.finish(true));
    }
  }

  private List<Action> taken(List<Action> batch, Function<Action, PayloadSource> sources) {
    List<Action> taken = new ArrayList<>(batch.size());
    for (Action action : batch) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("the publication was interrupted");
      }
      taken.add(action.type().hasPayload() ? intake.take(action, sources) : action);
    }
    return taken;
  }

  private static int write(
      Future<List<Action>> batch, StagedPackage.Writer writer, int before, IntConsumer progress) {
    List<Action> actions = result(batch);
    actions.forEach(writer::write);
    progress.accept(before + actions.size());
    return before + actions.size();
  }

  private static List<Action> result(Future<List<Action>> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case EmblemaException known -> throw known;
        case RuntimeException bug -> throw bug;
        case Error bug -> throw bug;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the publication was interrupted");
    }
  }

  /** Removes what was staged and not committed. */
  void discard() {
    directory.close();
  }

  /**
   * Looks again at a catalog that others may have changed since; gives another timestamp to
   * packages whose name was taken meanwhile, if the timestamp was ours to give.
   */
  void recheck(CatalogSnapshot now) {
    if (signature(now).equals(catalogSignature)) {
      return;
    }
    taken.clear();
    readTaken(now);
    for (int i = 0; i < packages.size(); i++) {
      StagedPackage staged = packages.get(i);
      if (taken.add(key(staged.fmri()))) {
        continue;
      }
      if (staged.timestampGiven()) {
        throw exists(staged.fmri());
      }
      Instant next = staged.fmri().requireVersion().instant().orElseThrow().plusSeconds(1);
      Version version = staged.fmri().requireVersion().withoutTimestamp();
      Fmri other = name(staged.fmri().withVersion(version), next);
      packages.set(i, staged.rewritten(store.disk(), other, Function.identity()));
    }
  }
}
