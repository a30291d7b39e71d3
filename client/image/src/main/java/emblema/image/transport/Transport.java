package emblema.image.transport;

import emblema.core.error.UnreachableException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.task.Tasks;
import emblema.image.image.Image;
import emblema.image.image.ImageConfig;
import emblema.image.image.ImageState;
import emblema.image.image.OriginCatalogs;
import emblema.image.image.PublisherConfig;
import emblema.image.image.StateEntry;
import emblema.image.image.Trees;
import emblema.store.origin.PayloadReference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * Fetches catalogs, manifests and payloads for one image. Everything is verified before it counts;
 * what is already there is not fetched again. The caller holds the image's lock.
 */
public final class Transport implements AutoCloseable {
  private final Image image;
  private final TemporarySources temporary;
  private final Sources sources;
  private final OriginOpener opener;
  private final EventSink events;
  private final int parallelism;

  /**
   * @param parallelism how many transfers may run at once
   */
  public Transport(Image image, OriginOpener opener, EventSink events, int parallelism) {
    this(image, opener, events, parallelism, List.of());
  }

  /**
   * @param parallelism how many transfers may run at once
   * @param temporary addresses of origins that are asked before all others; see {@link
   *     #addTemporary}
   */
  public Transport(
      Image image, OriginOpener opener, EventSink events, int parallelism, List<String> temporary) {
    this.image = image;
    this.temporary = new TemporarySources(temporary, opener);
    this.sources = new Sources(image.config(), image.disk().root(), opener, events, this.temporary);
    this.opener = opener;
    this.events = events;
    this.parallelism = parallelism;
  }

  /**
   * Reads the catalogs of the publishers and saves the state that follows, if it is another one.
   * Origins that fail are reported in the result; what was known from them stays known.
   *
   * @param full whether catalogs that seem unchanged are read again
   */
  public Refreshed refresh(Collection<PublisherConfig> publishers, boolean full, Instant now) {
    OriginCatalogs copies = new OriginCatalogs(image);
    Refreshed refreshed = new CatalogRefresh(sources, copies, full).refresh(publishers, now);
    rebuild(copies, now);
    return refreshed;
  }

  /** Refreshes the enabled publishers whose catalogs are older than they may be. */
  public Refreshed refreshIfDue(Instant now) {
    OriginCatalogs copies = new OriginCatalogs(image);
    List<PublisherConfig> due = new ArrayList<>();
    for (PublisherConfig publisher : image.config().enabledPublishers()) {
      boolean isFresh =
          copies
              .lastRefreshed(publisher.prefix())
              .filter(when -> when.plusSeconds(publisher.refreshSeconds()).isAfter(now))
              .isPresent();
      if (!isFresh && !publisher.enabledOrigins().isEmpty()) {
        due.add(publisher);
      }
    }
    return due.isEmpty() ? new Refreshed(false, List.of(), Map.of()) : refresh(due, false, now);
  }

  /** Asks the origins of all enabled publishers for what is new; what is unchanged costs little. */
  public Refreshed refreshEnabled(Instant now) {
    List<PublisherConfig> asked =
        image.config().enabledPublishers().stream()
            .filter(publisher -> !publisher.enabledOrigins().isEmpty())
            .toList();
    return asked.isEmpty() ? new Refreshed(false, List.of(), Map.of()) : refresh(asked, false, now);
  }

  /** Works the known packages out anew from the copies of the catalogs; saves if they differ. */
  public void rebuild(Instant now) {
    rebuild(new OriginCatalogs(image), now);
  }

  private void rebuild(OriginCatalogs copies, Instant now) {
    ImageState next = image.state().withKnown(copies.offered(image.config()), now);
    if (!next.isSameAs(image.state())) {
      image.save(next, now);
    }
  }

  /**
   * Makes what temporary origins offer known to the image, and publishers that only they have. To
   * be taken back with {@link #forgetTemporary}; after a crash the next refresh does that.
   */
  public void addTemporary(Instant now) {
    if (temporary.isEmpty()) {
      return;
    }
    ImageConfig config = image.config();
    for (String prefix : temporary.publishers()) {
      if (config.publisher(prefix).isEmpty()) {
        config = config.withPublisher(PublisherConfig.create(prefix, "", ""));
      }
    }
    image.save(config);
    List<StateEntry> known = new ArrayList<>(new OriginCatalogs(image).offered(config));
    known.addAll(temporary.entries());
    ImageState next = image.state().withKnown(known, now);
    if (!next.isSameAs(image.state())) {
      image.save(next, now);
    }
  }

  /**
   * What temporary origins offer, and nothing else, as an image would know it. Nothing is saved:
   * for who only looks.
   */
  public List<StateEntry> offeredTemporarily(Instant now) {
    List<StateEntry> offered = temporary.entries();
    Set<Fmri> names = new HashSet<>();
    offered.forEach(entry -> names.add(entry.fmri()));
    return image.state().withKnown(offered, now).entries().stream()
        .filter(entry -> names.contains(entry.fmri()))
        .toList();
  }

  /** Forgets again what temporary origins offered, and publishers of which nothing is installed. */
  public void forgetTemporary(Instant now) {
    if (temporary.isEmpty()) {
      return;
    }
    ImageConfig config = image.config();
    for (String prefix : temporary.publishers()) {
      boolean ours =
          config
              .publisher(prefix)
              .filter(each -> each.uuid().isEmpty() && each.origins().isEmpty())
              .isPresent();
      boolean used =
          image.state().installed().stream()
              .anyMatch(entry -> prefix.equals(entry.fmri().publisher()));
      if (ours && !used) {
        config = config.withoutPublisher(prefix);
      }
    }
    image.save(config);
    rebuild(now);
  }

  /** Brings the manifests of packages into the image; those that are there stay. */
  public void fetchManifests(Collection<Fmri> packages) {
    ManifestFetch fetch = new ManifestFetch(image, sources);
    List<Fmri> missing = packages.stream().distinct().filter(p -> !fetch.isHere(p)).toList();
    if (missing.isEmpty()) {
      return;
    }
    AtomicLong done = new AtomicLong();
    String phase = "manifests";
    events.emit(
        new Event.PhaseStarted(phase, "Fetching manifests", missing.size(), Event.Unit.ITEMS));
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (Fmri fmri : missing) {
      tasks.add(
          () -> {
            fetch.fetch(fmri);
            events.emit(new Event.Advanced(phase, done.incrementAndGet()));
            return true;
          });
    }
    Tasks.inParallel(parallelism, tasks);
    events.emit(new Event.PhaseFinished(phase, done.get()));
  }

  /**
   * The manifest of a package as its publisher's origins have it, verified; the image keeps none.
   */
  public byte[] manifest(Fmri fmri) {
    return new ManifestFetch(image, sources).read(fmri);
  }

  /** A small payload's content from an origin or mirror, verified; the image does not keep it. */
  public byte[] content(Payload payload) {
    PayloadReference reference = PayloadReference.of(payload.action()).getFirst();
    return sources.fromAnyOrMirror(
        payload.publisher(),
        "the content '" + payload.sha1() + "'",
        origin -> {
          ByteArrayOutputStream stored = new ByteArrayOutputStream();
          String where = origin.location() + ": " + payload.sha1();
          try (InputStream in = origin.payload(payload.publisher(), payload.sha1())) {
            long ignored = reference.copy(in, stored, where);
            return new GZIPInputStream(new ByteArrayInputStream(stored.toByteArray()))
                .readAllBytes();
          } catch (IOException e) {
            throw new UnreachableException(
                "cannot fetch '" + where + "'", e.getMessage(), List.of(), e);
          }
        });
  }

  /** The bytes and files that {@link #fetchPayloads} would bring. */
  public record Volume(long bytes, long files) {}

  public Volume volume(Collection<Payload> payloads) {
    List<Payload> missing = missing(payloads);
    long bytes = missing.stream().mapToLong(p -> Math.max(0, p.storedSize())).sum();
    return new Volume(bytes, missing.size());
  }

  /**
   * Brings payloads into the image's cache, durably; those that are there stay. Fails before the
   * first transfer if they do not fit.
   */
  public void fetchPayloads(Collection<Payload> payloads) {
    List<Payload> missing = missing(payloads);
    if (missing.isEmpty()) {
      return;
    }
    Disk disk = image.disk();
    Volume volume = volume(missing);
    SafePath incoming = image.layout().cache().resolve("incoming-" + ProcessHandle.current().pid());
    Trees.make(disk, image.layout().cache());
    PayloadFetch.checkSpace(disk, image.layout().cache(), volume.bytes(), volume.files());
    dropStaleDownloads(disk);
    Trees.make(disk, incoming);
    PayloadCache cache = new PayloadCache(image);
    missing.forEach(p -> Trees.make(disk, cache.path(p).parent().orElseThrow()));
    String phase = "download";
    AtomicLong done = new AtomicLong();
    events.emit(new Event.PhaseStarted(phase, "Downloading", volume.bytes(), Event.Unit.BYTES));
    PayloadFetch fetch =
        new PayloadFetch(
            image,
            cache,
            sources,
            incoming,
            n -> events.emit(new Event.Advanced(phase, done.addAndGet(n))));
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (Payload payload : missing) {
      tasks.add(
          () -> {
            fetch.fetch(payload);
            return true;
          });
    }
    try (Disk.Hold hold = disk.hold()) {
      Tasks.inParallel(parallelism, tasks);
      disk.syncAll(incoming);
    } finally {
      Trees.remove(disk, incoming);
    }
    events.emit(new Event.PhaseFinished(phase, done.get()));
  }

  /**
   * A certificate as the publisher's origins store it, its hash checked.
   *
   * @param sha1 of its text
   */
  public byte[] certificate(String prefix, String sha1) {
    return sources.fromAny(
        prefix,
        "the certificate '" + sha1 + "'",
        origin -> Certificates.read(origin, prefix, sha1));
  }

  private List<Payload> missing(Collection<Payload> payloads) {
    PayloadCache cache = new PayloadCache(image);
    Map<String, Payload> distinct = new LinkedHashMap<>();
    for (Payload payload : payloads) {
      distinct.putIfAbsent(payload.publisher() + "/" + payload.sha1(), payload);
    }
    return distinct.values().stream().filter(payload -> !cache.has(payload)).toList();
  }

  /** What downloads that were cut off have left; the lock says that none is running. */
  private void dropStaleDownloads(Disk disk) {
    for (String name : disk.list(image.layout().cache())) {
      if (name.startsWith("incoming-")) {
        Trees.remove(disk, image.layout().cache().resolve(name));
      }
    }
  }

  /** A small file that belongs to no origin; see {@link OriginOpener#document}. */
  public byte[] document(String uri) {
    return opener.document(uri);
  }

  @Override
  public void close() {
    sources.close();
  }
}
