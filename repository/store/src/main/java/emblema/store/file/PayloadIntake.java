package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.error.StorageException;
import emblema.core.hash.Digest;
import emblema.core.hash.KnownHashes;
import emblema.core.hash.PayloadFacts;
import emblema.core.hash.PayloadGzip;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.PayloadSource;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings payloads into one publication: what is already stored is only looked up, anything else is
 * compressed into the staging directory under its SHA-1. Safe for several threads.
 */
final class PayloadIntake {
  /** Content up to this size is read once and kept while it is hashed and compressed. */
  private static final int SMALL = 1 << 18;

  private static final int BUFFER = 1 << 16;

  private static final List<String> COMPUTED =
      List.of("chash", "pkg.content-hash", "pkg.csize", "pkg.size");

  private final PublisherStore store;
  private final SafePath staging;
  private final String unnamed;
  private final boolean firstPublication;
  private final AtomicLong serial = new AtomicLong();
  private final Set<String> staged = ConcurrentHashMap.newKeySet();
  private final Set<String> reused = ConcurrentHashMap.newKeySet();

  /** Names and hashes of stored forms that were found to be as a manifest says. */
  private final Set<String> asPromised = ConcurrentHashMap.newKeySet();

  /** Whoever holds the one for a name decides whether that name is staged. */
  private final Object[] turns = Stream.generate(Object::new).limit(64).toArray();

  /**
   * @param staging an existing directory on the store's file system
   */
  PayloadIntake(PublisherStore store, SafePath staging) {
    this(store, staging, "payload.", isEmpty(store));
  }

  private PayloadIntake(
      PublisherStore store, SafePath staging, String unnamed, boolean firstPublication) {
    this.store = store;
    this.staging = staging;
    this.unnamed = unnamed;
    this.firstPublication = firstPublication;
  }

  /**
   * One that goes on where others left off.
   *
   * @param staged payloads that lie in the directory already
   * @param unnamed what names of payloads begin with while they have none of their own; nobody
   *     else's may
   */
  static PayloadIntake resumed(
      PublisherStore store, SafePath staging, Collection<String> staged, String unnamed) {
    PayloadIntake intake = new PayloadIntake(store, staging, unnamed, false);
    intake.staged.addAll(staged);
    return intake;
  }

  private static boolean isEmpty(PublisherStore store) {
    Disk disk = store.disk();
    SafePath files = store.layout().files();
    return disk.stat(files).isEmpty() || disk.list(files).isEmpty();
  }

  /** The action as the manifest will say it, its payload being stored or staged. */
  Action take(Action action, Function<Action, PayloadSource> sources) {
    String name = action.payload();
    if (name != null && StoreLayout.isSha1(name)) {
      Optional<SafePath> present = find(name);
      if (present.isPresent()) {
        boolean known = COMPUTED.stream().allMatch(action.attributes()::has);
        return known ? action : facts(present.get(), name).applyTo(action);
      }
    }
    PayloadFacts facts = take(sources.apply(action), describe(action));
    if (name != null && StoreLayout.isSha1(name) && !name.equals(facts.sha1())) {
      throw new IntegrityException(
          describe(action), "SHA-1 of the content", name, facts.sha1(), "read the source again");
    }
    return facts.applyTo(action);
  }

  /**
   * Takes the stored forms of an action's payloads as another repository has them.
   *
   * @param fixed whether the action must stay as it is
   * @return the action, or what it must say where this store has the payload in another form
   */
  Action copy(Action action, Function<PayloadReference, InputStream> stored, boolean fixed) {
    Action result = action;
    for (PayloadReference reference : PayloadReference.of(action)) {
      synchronized (turn(reference.sha1())) {
        Optional<SafePath> present = find(reference.sha1());
        if (present.isEmpty()) {
          copy(reference, stored);
        } else if (!isAsPromised(present.get(), reference)) {
          if (fixed) {
            throw new ConflictException(
                "the payload '" + reference.sha1() + "' is stored in another compressed form",
                "a signed package cannot be adapted to that; receive it into another repository");
          }
          result = facts(present.get(), reference.sha1()).applyTo(result);
        }
      }
    }
    return result;
  }

  private void copy(PayloadReference reference, Function<PayloadReference, InputStream> stored) {
    SafePath file = staging.resolve(reference.sha1());
    boolean whole = false;
    try (InputStream in = stored.apply(reference);
        OutputStream out =
            new BufferedOutputStream(store.disk().create(file, PublisherStore.FILE_MODE), BUFFER)) {
      reference.copy(in, out, "payload " + reference.sha1());
      whole = true;
    } catch (IOException e) {
      throw new StorageException(
          "the payload '" + reference.sha1() + "' cannot be read or stored",
          e.getMessage(),
          List.of(),
          e);
    } finally {
      if (!whole && store.disk().stat(file).isPresent()) {
        store.disk().remove(file);
      }
    }
    staged.add(reference.sha1());
    reference.storedHash().ifPresent(hash -> asPromised.add(reference.sha1() + hash.hex()));
  }

  private boolean isAsPromised(SafePath file, PayloadReference reference) {
    String promise = reference.sha1() + reference.storedHash().map(h -> h.hex()).orElse("");
    if (reference.storedHash().isEmpty() || asPromised.contains(promise)) {
      return true;
    }
    try (InputStream in = store.disk().read(file)) {
      reference.copy(in, OutputStream.nullOutputStream(), store.disk().describe(file));
      asPromised.add(promise);
      return true;
    } catch (IntegrityException e) {
      return false;
    } catch (IOException e) {
      throw new StorageException(
          "'" + store.disk().describe(file) + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  private static String describe(Action action) {
    return action.key().isEmpty() ? ActionWriter.write(action) : action.key();
  }

  /**
   * @param where named in errors
   */
  PayloadFacts take(PayloadSource source, String where) {
    try {
      long size = source.size();
      if (size >= 0 && size <= SMALL) {
        byte[] content;
        try (InputStream in = source.open()) {
          content = in.readAllBytes();
        }
        return takeSmall(content, source);
      }
      boolean isNew = firstPublication || source.known().isPresent();
      Optional<PayloadFacts> present = isNew ? Optional.empty() : present(source);
      if (present.isPresent()) {
        return present.get();
      }
      try (InputStream in = source.open()) {
        return takeLarge(in, size, source.known().orElse(null));
      }
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  /** Content that can be read only once; it is read to its end. */
  PayloadFacts takeOnce(InputStream content, String where) {
    try {
      return takeLarge(content, -1, null);
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  private static StorageException unreadable(String where, IOException e) {
    return new StorageException(
        "the content of '" + where + "' cannot be read or stored", e.getMessage(), List.of(), e);
  }

  /** Content in memory is hashed first, so that it is staged under its name at once. */
  private PayloadFacts takeSmall(byte[] content, PayloadSource source) throws IOException {
    KnownHashes known = source.known().orElse(null);
    String sha1 = known == null ? Digest.SHA1.hex(content) : known.sha1();
    synchronized (turn(sha1)) {
      Optional<SafePath> present = find(sha1);
      if (present.isPresent()) {
        return facts(present.get(), sha1);
      }
      PayloadFacts facts =
          compress(new ByteArrayInputStream(content), content.length, known, staging.resolve(sha1));
      staged.add(sha1);
      return facts;
    }
  }

  /** Content that is only read once gets its name afterwards, unless that exists by then. */
  private PayloadFacts takeLarge(InputStream content, long size, @Nullable KnownHashes known)
      throws IOException {
    SafePath file = staging.resolve(unnamed + serial.incrementAndGet());
    PayloadFacts facts = compress(content, size, known, file);
    synchronized (turn(facts.sha1())) {
      Optional<SafePath> present = find(facts.sha1());
      if (present.isPresent()) {
        store.disk().remove(file);
        return facts(present.get(), facts.sha1());
      }
      store.disk().rename(file, staging.resolve(facts.sha1()));
      staged.add(facts.sha1());
      return facts;
    }
  }

  private Object turn(String sha1) {
    return turns[Math.floorMod(sha1.hashCode(), turns.length)];
  }

  private Optional<PayloadFacts> present(PayloadSource source) throws IOException {
    MessageDigest digest = Digest.SHA1.start();
    try (InputStream in = new DigestInputStream(source.open(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String sha1 = Digest.finish(digest);
    return find(sha1).map(file -> facts(file, sha1));
  }

  private Optional<SafePath> find(String sha1) {
    if (staged.contains(sha1)) {
      return Optional.of(staging.resolve(sha1));
    }
    Optional<SafePath> found = firstPublication ? Optional.empty() : store.findPayload(sha1);
    if (found.isPresent()) {
      reused.add(sha1);
    }
    return found;
  }

  /** Names of what the store had already and this publication counts on. */
  Set<String> reused() {
    return reused;
  }

  /** Names of what is staged, sorted. */
  List<String> staged() {
    return staged.stream().sorted().toList();
  }

  /** Whether no other process has stored anything since this was begun in an empty store. */
  boolean isStillFirst() {
    return firstPublication && isEmpty(store);
  }

  /** The facts of a stored payload, from its bytes: another compressor may have made them. */
  PayloadFacts facts(SafePath file, String sha1) {
    return facts(store.disk(), file, sha1);
  }

  /** As {@link #facts(SafePath, String)}, of any disk. */
  static PayloadFacts facts(Disk disk, SafePath file, String sha1) {
    String hint = "run 'pkgrepo verify' on the repository";
    try (InputStream in = disk.read(file)) {
      PayloadFacts facts = PayloadGzip.facts(in);
      if (!facts.sha1().equals(sha1)) {
        throw new IntegrityException(
            disk.describe(file), "SHA-1 of the content", sha1, facts.sha1(), hint);
      }
      return facts;
    } catch (IOException e) {
      throw new IntegrityException(
          disk.describe(file), "gzip stream", "whole", String.valueOf(e.getMessage()), hint);
    }
  }

  private PayloadFacts compress(
      InputStream content, long size, @Nullable KnownHashes known, SafePath file)
      throws IOException {
    Disk disk = store.disk();
    boolean whole = false;
    try (OutputStream out =
        new BufferedOutputStream(disk.create(file, PublisherStore.FILE_MODE), BUFFER)) {
      PayloadFacts facts = PayloadGzip.write(content, size, known, out);
      whole = true;
      return facts;
    } finally {
      if (!whole && disk.stat(file).isPresent()) {
        disk.remove(file);
      }
    }
  }
}
