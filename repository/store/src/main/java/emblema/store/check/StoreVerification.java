package emblema.store.check;

import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.core.fmri.Fmri;
import emblema.core.hash.ContentHashes.Stated;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.task.Tasks;
import emblema.store.catalog.CatalogEntry;
import emblema.store.file.PayloadNames;
import emblema.store.file.PublisherStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All checks of one publisher's store, a bounded number of manifests at a time. */
final class StoreVerification {
  /** Manifests taken together, and their bytes: bounds memory and keeps the threads busy. */
  private static final int BATCH = 64;

  private static final long BATCH_BYTES = 4 << 20;

  private final PublisherStore store;
  private final Disk disk;
  private final VerificationOptions options;
  private final Consumer<Finding> each;
  private final Map<PayloadClaim.Key, PayloadState> states = new ConcurrentHashMap<>();
  private final List<ManifestCheck> batch = new ArrayList<>();
  private final Set<String> listed = new HashSet<>();
  private final PayloadNames unmentioned;
  private long batchBytes;
  private long done;

  StoreVerification(PublisherStore store, VerificationOptions options, Consumer<Finding> each) {
    this.store = store;
    this.disk = store.disk();
    this.options = options;
    this.each = each;
    this.unmentioned = PayloadNames.stored(store, stat -> true);
  }

  /** How many packages were looked at. */
  long run() {
    new Permissions(store, options.account()).check().ifPresent(each);
    List<Finding> catalog = new CatalogCheck(store).check();
    catalog.forEach(each);
    try {
      store.catalog().forEach(this::take);
    } catch (EmblemaException e) {
      if (catalog.isEmpty()) {
        each.accept(CatalogCheck.of(store, store.layout().catalog(), e));
      }
    }
    takeUnlisted();
    finishBatch();
    checkUnmentioned();
    return done;
  }

  private void take(CatalogEntry entry) {
    listed.add(store.layout().manifest(entry.fmri()).text());
    take(entry.fmri(), entry);
  }

  private void take(Fmri fmri, @Nullable CatalogEntry entry) {
    ManifestCheck check = new ManifestCheck(store, options.signatures(), fmri, entry);
    batch.add(check);
    batchBytes += disk.stat(check.path()).map(Stat::size).orElse(0L);
    if (batch.size() >= BATCH || batchBytes >= BATCH_BYTES) {
      finishBatch();
    }
  }

  /** Manifests that the catalog does not list, and whatever else lies among them. */
  private void takeUnlisted() {
    SafePath manifests = store.layout().manifests();
    if (disk.stat(manifests).isEmpty()) {
      return;
    }
    for (String stem : disk.list(manifests)) {
      SafePath directory = manifests.resolve(stem);
      if (disk.stat(directory).filter(Stat::isDirectory).isEmpty()) {
        stray(directory, "it is not a directory of manifests");
        continue;
      }
      for (String version : disk.list(directory)) {
        SafePath path = directory.resolve(version);
        if (listed.contains(path.text())) {
          continue;
        }
        try {
          Fmri fmri = Fmri.fromPathElements(store.prefix(), stem, version);
          if (!store.layout().manifest(fmri).equals(path)) {
            stray(path, "its name is not the encoded form of '" + fmri + "'");
          } else if (disk.stat(path).filter(Stat::isFile).isEmpty()) {
            stray(path, "it is not a regular file");
          } else {
            take(fmri, null);
          }
        } catch (MalformedException e) {
          stray(path, e.reason());
        }
      }
    }
  }

  private void stray(SafePath path, String detail) {
    if (disk.stat(path).isPresent()) {
      each.accept(
          Finding.of(
              Finding.Kind.STRAY,
              store.prefix(),
              null,
              path,
              "Bad manifest.",
              Finding.REPOSITORY_PATH,
              disk.describe(path),
              Finding.DETAIL,
              detail));
    }
  }

  private void finishBatch() {
    run(batch, states);
    List<ManifestCheck> suspects = new ArrayList<>();
    for (ManifestCheck check : batch) {
      check.claims().forEach(claim -> unmentioned.strike(claim.sha1()));
      if (!check.findings().isEmpty()) {
        suspects.add(check);
      }
    }
    if (!suspects.isEmpty()) {
      again(suspects).forEach(each);
    }
    done += batch.size();
    options.events().emit(new Event.Advanced("verify", done));
    batch.clear();
    batchBytes = 0;
  }

  private void run(List<ManifestCheck> checks, Map<PayloadClaim.Key, PayloadState> known) {
    List<Callable<ManifestCheck>> manifests = new ArrayList<>();
    checks.forEach(check -> manifests.add(check::run));
    Tasks.inParallel(options.threads(), manifests);
    Map<PayloadClaim.Key, PayloadClaim> unknown = new HashMap<>();
    for (ManifestCheck check : checks) {
      for (PayloadClaim claim : check.claims()) {
        PayloadClaim.Key key = claim.key();
        if (!known.containsKey(key)) {
          unknown.put(key, claim);
        }
      }
    }
    List<Callable<PayloadState>> payloads = new ArrayList<>();
    unknown.forEach(
        (key, claim) ->
            payloads.add(
                () -> {
                  PayloadState state = PayloadState.of(store, claim);
                  known.put(key, state);
                  return state;
                }));
    Tasks.inParallel(options.threads(), payloads);
    for (ManifestCheck check : checks) {
      for (PayloadClaim claim : check.claims()) {
        PayloadState state = known.get(claim.key());
        if (state != null) {
          check.report(claim, state);
        }
      }
    }
  }

  /**
   * A package may have been removed, replaced or completed while it was looked at: what is wrong
   * must still be wrong when it is looked at again, with the catalog of now.
   */
  private List<Finding> again(List<ManifestCheck> suspects) {
    Set<Fmri> names = new HashSet<>();
    suspects.forEach(check -> names.add(check.fmri()));
    Map<Fmri, CatalogEntry> entries = new HashMap<>();
    List<Finding> before = suspects.stream().flatMap(s -> s.findings().stream()).toList();
    try {
      store
          .catalog()
          .forEach(
              entry -> {
                if (names.contains(entry.fmri())) {
                  entries.put(entry.fmri(), entry);
                }
              });
    } catch (EmblemaException e) {
      return before;
    }
    List<ManifestCheck> anew = new ArrayList<>();
    for (ManifestCheck check : suspects) {
      CatalogEntry entry = entries.get(check.fmri());
      if (entry != null || disk.stat(check.path()).isPresent()) {
        anew.add(new ManifestCheck(store, options.signatures(), check.fmri(), entry));
      }
    }
    run(anew, new ConcurrentHashMap<>());
    return anew.stream().flatMap(check -> check.findings().stream()).toList();
  }

  /** Damaged content that no package needs would be in the way of the next that does. */
  private void checkUnmentioned() {
    List<Callable<Optional<Finding>>> tasks = new ArrayList<>();
    for (String name : unmentioned.left()) {
      PayloadClaim claim =
          new PayloadClaim(name, new Stated(Digest.SHA1, name), Optional.empty(), "");
      tasks.add(() -> unmentioned(PayloadState.of(store, claim)));
    }
    Tasks.inParallel(options.threads(), tasks).forEach(found -> found.ifPresent(each));
  }

  private Optional<Finding> unmentioned(PayloadState state) {
    return switch (state) {
      case PayloadState.BadGzip bad ->
          Optional.of(
              unmentioned(
                  Finding.Kind.BAD_GZIP, bad.path(), "Corrupted gzip file.", bad.reason(), ""));
      case PayloadState.BadHash bad ->
          Optional.of(
              unmentioned(
                  Finding.Kind.BAD_HASH,
                  bad.path(),
                  "Invalid file hash: " + bad.expected(),
                  "no package needs it",
                  bad.actual()));
      case PayloadState.Good ignored -> Optional.empty();
      case PayloadState.Missing ignored -> Optional.empty();
      case PayloadState.Unreadable ignored -> Optional.empty();
      case PayloadState.BadCompression ignored -> Optional.empty();
    };
  }

  private Finding unmentioned(
      Finding.Kind kind, SafePath path, String header, String detail, String actual) {
    return Finding.of(
        kind,
        store.prefix(),
        null,
        path,
        header,
        Finding.REPOSITORY_PATH,
        disk.describe(path),
        Finding.COMPUTED,
        actual,
        Finding.DETAIL,
        detail);
  }
}
