package emblema.publisher.receive;

import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.store.catalog.CatalogCopy;
import emblema.store.catalog.CatalogEntry;
import emblema.store.catalog.CatalogFiles;
import emblema.store.check.Finding;
import emblema.store.check.Verification;
import emblema.store.check.VerificationOptions;
import emblema.store.file.FileRepository;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes a repository directory an exact copy of another repository, publisher by publisher (spec
 * pkgrecv, section 3.4): what the source lacks goes, what is missing comes, then the source's
 * catalog takes the place of the old one, and everything is verified. May be interrupted and run
 * again.
 */
final class CloneRun {
  private static final int GROUP = 100;

  private final Origin source;
  private final FileRepository target;
  private final DownloadCache cache;
  private final VerificationOptions verification;
  private final InstantSource clock;
  private final boolean trial;
  private final Consumer<String> say;
  private final EventSink events;
  private final List<Fmri> received = new ArrayList<>();
  private long payloads;
  private long bytes;

  CloneRun(
      Origin source,
      FileRepository target,
      DownloadCache cache,
      VerificationOptions verification,
      InstantSource clock,
      boolean trial,
      Consumer<String> say,
      EventSink events) {
    this.source = source;
    this.target = target;
    this.cache = cache;
    this.verification = verification;
    this.clock = clock;
    this.trial = trial;
    this.say = say;
    this.events = events;
  }

  /**
   * @param wanted prefixes, {@code *} for all; none for those that both repositories have
   */
  Receipt run(List<String> wanted) {
    for (String publisher : publishers(wanted)) {
      clone(publisher);
    }
    return new Receipt(received, payloads, bytes, new TreeMap<>());
  }

  private List<String> publishers(List<String> wanted) {
    List<String> there = source.publishers();
    List<String> here = target.publishers();
    if (wanted.contains("*")) {
      return there;
    }
    if (!wanted.isEmpty()) {
      List<String> unknown = wanted.stream().filter(prefix -> !there.contains(prefix)).toList();
      if (!unknown.isEmpty()) {
        throw new NotFoundException(
            "the source has no publisher '" + String.join("', '", unknown) + "'",
            "its publishers: " + String.join(", ", there));
      }
      return wanted;
    }
    List<String> missing = there.stream().filter(prefix -> !here.contains(prefix)).toList();
    if (!missing.isEmpty()) {
      throw new NotFoundException(
          "the destination has no publisher '" + String.join("', '", missing) + "'",
          "name the publishers to clone with -p; '-p *' means all");
    }
    return there;
  }

  private void clone(String publisher) {
    say.accept("Processing packages for publisher " + publisher + " ...");
    CatalogFiles files =
        source
            .catalogFiles(publisher)
            .orElseThrow(
                () ->
                    new ConflictException(
                        "'" + source.location() + "' keeps no catalog that could be cloned",
                        "receive its packages instead, without --clone"));
    CatalogCopy copy = CatalogCopy.of(files);
    Map<Fmri, CatalogEntry> wanted = entries(source, publisher);
    say.accept("Retrieving catalog '" + publisher + "' ... Done");
    boolean isKnown = target.publishers().contains(publisher);
    Map<Fmri, CatalogEntry> present = isKnown ? entries(target, publisher) : Map.of();
    Optional<CatalogCopy> before =
        isKnown ? target.catalogFiles(publisher).map(CatalogCopy::of) : Optional.empty();
    List<Fmri> unwanted =
        present.values().stream()
            .filter(entry -> !isSame(entry, wanted.get(entry.fmri())))
            .map(CatalogEntry::fmri)
            .toList();
    List<CatalogEntry> missing =
        wanted.values().stream().filter(e -> !isSame(e, present.get(e.fmri()))).toList();
    if (!unwanted.isEmpty()) {
      say.accept("Packages to remove:");
      unwanted.forEach(fmri -> say.accept("    " + fmri));
      if (!trial) {
        target.remove(publisher, unwanted, clock, events);
      }
    }
    if (missing.isEmpty()) {
      say.accept("No packages to add.");
    } else {
      say.accept("Retrieving and evaluating " + missing.size() + " package(s)...");
      fetch(publisher, missing);
    }
    if (!trial) {
      target.takeCatalog(publisher, copy, clock);
      verify(publisher, before);
    }
  }

  private static Map<Fmri, CatalogEntry> entries(Origin origin, String publisher) {
    Map<Fmri, CatalogEntry> entries = new TreeMap<>();
    origin.catalog(publisher).forEach(entry -> entries.put(entry.fmri(), entry));
    return entries;
  }

  private static boolean isSame(
      CatalogEntry one, @org.jspecify.annotations.Nullable CatalogEntry other) {
    return other != null && one.manifestSha1().equals(other.manifestSha1());
  }

  private void fetch(String publisher, List<CatalogEntry> missing) {
    PublicationOptions options = PublicationOptions.of(clock).withEvents(events).withoutCatalog();
    for (int i = 0; i < missing.size(); i += GROUP) {
      List<CatalogEntry> group = missing.subList(i, Math.min(missing.size(), i + GROUP));
      try (Publication publication = target.publish(options)) {
        for (CatalogEntry entry : group) {
          take(publisher, entry, publication);
        }
        if (!trial) {
          received.addAll(publication.commit());
        }
      }
      cache.clear();
    }
  }

  private void take(String publisher, CatalogEntry entry, Publication publication) {
    byte[] manifest = source.manifest(entry.fmri());
    String actual = Digest.SHA1.hex(manifest);
    if (!entry.manifestSha1().equals(actual)) {
      throw new IntegrityException(
          source.location() + ": manifest of " + entry.fmri(),
          "SHA-1 of the manifest",
          entry.manifestSha1(),
          actual,
          "run 'pkgrepo verify' on the source");
    }
    ReceivedPackage each = new ManifestRewrite(Optional.empty()).of(entry.fmri(), manifest);
    boolean isKnown = target.publishers().contains(publisher);
    List<PayloadReference> needed =
        each.payloads().stream()
            .filter(p -> !isKnown || target.storedPayload(publisher, p.sha1()).isEmpty())
            .toList();
    payloads += needed.size();
    bytes += needed.stream().mapToLong(p -> Math.max(0, p.storedSize())).sum();
    if (trial) {
      received.add(entry.fmri());
      return;
    }
    cache.fetch(source, publisher, needed);
    Fmri ignored =
        publication.copy(entry.fmri(), manifest, payload -> cache.open(source, publisher, payload));
  }

  private void verify(String publisher, Optional<CatalogCopy> before) {
    say.accept("Verifying repository contents.");
    List<Finding> errors = new ArrayList<>();
    long ignored =
        new Verification(target, verification)
            .run(
                List.of(publisher),
                finding -> {
                  if (!finding.kind().isWarning()) {
                    errors.add(finding);
                  }
                });
    if (!errors.isEmpty()) {
      before.ifPresent(old -> target.takeCatalog(publisher, old, clock));
      throw new ConflictException(
          "verification found " + errors.size() + " errors in the updated repository",
          errors.getFirst().toString(),
          List.of(
              "the original catalog has been restored; the clone can be tried again, and what was"
                  + " retrieved is not downloaded again"),
          null);
    }
  }
}
