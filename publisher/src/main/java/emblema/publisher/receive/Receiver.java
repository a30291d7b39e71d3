package emblema.publisher.receive;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.event.Event;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.task.Tasks;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogEntry;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Receives packages from an origin: chosen, verified, downloaded several payloads at a time, handed
 * over one by one in the order of their names. A package that is damaged or cannot be read is left
 * out and reported; trouble with reaching or writing ends the run.
 */
final class Receiver {
  private static final int PARALLEL = 8;

  /** Manifests held at once. */
  private static final int WINDOW = 50;

  private final Origin source;
  private final Destination destination;
  private final DownloadCache cache;
  private final ReceiveRequest request;
  private final ManifestRewrite rewrite;
  private final boolean forgetful;

  private final List<Fmri> received = new ArrayList<>();
  private final SortedMap<String, EmblemaException> failures = new TreeMap<>();
  private long payloads;
  private long bytes;

  /**
   * @param forgetful whether payloads are dropped from the cache once a package has arrived
   */
  Receiver(
      Origin source,
      Destination destination,
      DownloadCache cache,
      ReceiveRequest request,
      boolean forgetful) {
    this.source = source;
    this.destination = destination;
    this.cache = cache;
    this.request = request;
    this.rewrite = new ManifestRewrite(request.rules());
    this.forgetful = forgetful;
  }

  Receipt run() {
    for (String publisher : source.publishers()) {
      receive(publisher);
    }
    if (!request.trial()) {
      destination.finish();
    }
    return new Receipt(received, payloads, bytes, failures);
  }

  private void receive(String publisher) {
    request.say().accept(destination.verb() + " packages for publisher " + publisher + " ...");
    Catalog catalog = source.catalog(publisher);
    request.say().accept("Retrieving catalog '" + publisher + "' ... Done");
    List<CatalogEntry> chosen = request.versions().prune(request.chosen().apply(catalog));
    if (chosen.isEmpty()) {
      return;
    }
    if (request.recursive()) {
      request.say().accept("Retrieving manifests for dependency evaluation ...");
      chosen = request.versions().prune(new DependencyClosure(catalog).of(chosen));
    } else {
      request.say().accept("Retrieving and evaluating " + chosen.size() + " package(s)...");
    }
    List<CatalogEntry> wanted = new ArrayList<>();
    for (CatalogEntry entry : chosen) {
      // with rules the name is known only when they were applied
      if (request.rules().isPresent() || !destination.has(entry.fmri())) {
        wanted.add(entry);
      }
    }
    for (int i = 0; i < wanted.size(); i += WINDOW) {
      for (ReceivedPackage each : read(wanted.subList(i, Math.min(wanted.size(), i + WINDOW)))) {
        take(each);
      }
    }
  }

  /** The packages whose manifests are what the catalog promises, in order. */
  private List<ReceivedPackage> read(List<CatalogEntry> entries) {
    String phase = "manifests";
    AtomicLong done = new AtomicLong();
    request
        .events()
        .emit(
            new Event.PhaseStarted(phase, "Fetching manifests", entries.size(), Event.Unit.ITEMS));
    List<Callable<@Nullable ReceivedPackage>> tasks = new ArrayList<>();
    for (CatalogEntry entry : entries) {
      tasks.add(
          () -> {
            ReceivedPackage read = read(entry);
            request.events().emit(new Event.Advanced(phase, done.incrementAndGet()));
            return read;
          });
    }
    List<ReceivedPackage> packages = new ArrayList<>();
    for (ReceivedPackage each : Tasks.inParallel(PARALLEL, tasks)) {
      if (each != null) {
        packages.add(each);
      }
    }
    request.events().emit(new Event.PhaseFinished(phase, done.get()));
    return packages;
  }

  private @Nullable ReceivedPackage read(CatalogEntry entry) {
    try {
      byte[] manifest = source.manifest(entry.fmri());
      String actual = Digest.SHA1.hex(manifest);
      if (!entry.manifestSha1().isEmpty() && !entry.manifestSha1().equals(actual)) {
        throw new IntegrityException(
            source.location() + ": manifest of " + entry.fmri(),
            "SHA-1 of the manifest",
            entry.manifestSha1(),
            actual,
            "run 'pkgrepo verify' on the source");
      }
      ReceivedPackage read = rewrite.of(entry.fmri(), manifest);
      return request.rules().isPresent() && destination.has(read.name()) ? null : read;
    } catch (MalformedException | IntegrityException | NotFoundException e) {
      fail(entry.fmri(), e);
      return null;
    }
  }

  private synchronized void fail(Fmri fmri, EmblemaException cause) {
    failures.put(fmri.toString(), cause);
  }

  private void take(ReceivedPackage each) {
    List<PayloadReference> missing = destination.missing(each);
    payloads += missing.size();
    bytes += missing.stream().mapToLong(m -> Math.max(0, m.storedSize())).sum();
    if (request.trial()) {
      received.add(each.name());
      return;
    }
    try {
      cache.fetch(source, each.publisher(), missing);
      destination.take(each, source, cache);
    } catch (IntegrityException | NotFoundException | ConflictException e) {
      fail(each.source(), e);
      return;
    }
    received.add(each.name());
    request.say().accept("Republish: " + each.name().toStringWithoutPublisher() + " ... Done");
    if (forgetful) {
      cache.clear();
    }
  }
}
