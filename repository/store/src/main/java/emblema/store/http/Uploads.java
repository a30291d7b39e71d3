package emblema.store.http;

import emblema.core.action.Action;
import emblema.core.error.IntegrityException;
import emblema.core.error.StorageException;
import emblema.core.hash.PayloadFacts;
import emblema.core.hash.PayloadGzip;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.PayloadSource;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of one transaction: each content is looked up at the depot once, and sent if it is
 * not there. Small ones are held in memory, others in the temporary directory. Safe for several
 * threads.
 */
final class Uploads implements AutoCloseable {
  private static final int IN_MEMORY = 1 << 20;
  private static final List<String> COMPUTED =
      List.of("chash", "pkg.content-hash", "pkg.csize", "pkg.size");
  private static final AtomicLong SERIAL = new AtomicLong();

  private final HttpOrigin origin;
  private final TransactionRequests requests;
  private final String transaction;
  private final String publisher;
  private final Map<String, PayloadFacts> known = new ConcurrentHashMap<>();
  private final Object[] turns = Stream.generate(Object::new).limit(64).toArray();
  private @Nullable Disk temporary;

  Uploads(HttpOrigin origin, TransactionRequests requests, String transaction, String publisher) {
    this.origin = origin;
    this.requests = requests;
    this.transaction = transaction;
    this.publisher = publisher;
  }

  /** The action as the manifest will say it, the depot having its payload. */
  Action take(Action action, Function<Action, PayloadSource> sources) {
    String name = Objects.requireNonNullElse(action.payload(), "");
    boolean named = name.matches("[0-9a-f]{40}");
    if (named
        && COMPUTED.stream().allMatch(action.attributes()::has)
        && requests.stored(publisher, name).isPresent()) {
      return action;
    }
    PayloadSource source = sources.apply(action);
    try (Spool spool = new Spool(source.size())) {
      PayloadFacts facts;
      try (InputStream in = source.open();
          OutputStream out = spool.open()) {
        facts = PayloadGzip.write(in, source.size(), out);
      }
      if (named && !name.equals(facts.sha1())) {
        throw new IntegrityException(
            action.key(), "SHA-1 of the content", name, facts.sha1(), "read the source again");
      }
      return settled(facts, spool).applyTo(action);
    } catch (IOException e) {
      throw new StorageException(
          "the content of '" + action.key() + "' cannot be read or stored",
          e.getMessage(),
          List.of(),
          e);
    }
  }

  /** What holds for the content at the depot: as it has it, or as we send it now. */
  private PayloadFacts settled(PayloadFacts ours, Spool spool) {
    synchronized (turn(ours.sha1())) {
      PayloadFacts settled = known.get(ours.sha1());
      if (settled == null) {
        Optional<TransactionRequests.Stored> there = requests.stored(publisher, ours.sha1());
        if (there.isPresent()) {
          settled = asStored(ours, there.get());
        } else {
          requests.file(transaction, ours.sha1(), spool.body());
          settled = ours;
        }
        known.put(ours.sha1(), settled);
      }
      return settled;
    }
  }

  private PayloadFacts asStored(PayloadFacts ours, TransactionRequests.Stored stored) {
    if (stored.size() >= 0 && stored.chash().isPresent() && stored.compressedHash().isPresent()) {
      return new PayloadFacts(
          ours.sha1(),
          ours.size(),
          stored.chash().get(),
          stored.size(),
          ours.contentHash(),
          stored.compressedHash().get(),
          ours.elf());
    }
    try (InputStream in = origin.payload(publisher, ours.sha1())) {
      return PayloadGzip.facts(in);
    } catch (IOException e) {
      throw new IntegrityException(
          origin.location() + ": " + ours.sha1(),
          "gzip stream",
          "whole",
          String.valueOf(e.getMessage()));
    }
  }

  /** Sends a payload as another repository stores it, unless the depot has it. */
  boolean copy(PayloadReference reference, Function<PayloadReference, InputStream> stored) {
    String sha1 = reference.sha1();
    synchronized (turn(sha1)) {
      Optional<TransactionRequests.Stored> there = requests.stored(publisher, sha1);
      if (there.isPresent()) {
        requireSame(reference, there.get());
        return false;
      }
      try (Spool spool = new Spool(reference.storedSize())) {
        try (InputStream in = stored.apply(reference);
            OutputStream out = spool.open()) {
          reference.copy(in, out, "payload " + sha1);
        }
        requests.file(transaction, sha1, spool.body());
        return true;
      } catch (IOException e) {
        throw new StorageException(
            "the payload '" + sha1 + "' cannot be read or stored", e.getMessage(), List.of(), e);
      }
    }
  }

  /** A manifest that promises another compressed form than the depot has would be of no use. */
  private void requireSame(PayloadReference reference, TransactionRequests.Stored stored) {
    Optional<String> actual =
        reference
            .storedHash()
            .flatMap(
                promised ->
                    switch (promised.digest()) {
                      case SHA1 -> stored.chash();
                      case SHA512T_256 -> stored.compressedHash();
                      default -> Optional.empty();
                    });
    if (actual.isPresent() && !actual.get().equals(reference.storedHash().orElseThrow().hex())) {
      throw new IntegrityException(
          origin.location() + ": " + reference.sha1(),
          "hash of the compressed form that the depot has",
          reference.storedHash().orElseThrow().hex(),
          actual.get(),
          "the depot has the same content compressed otherwise; receive into a new repository");
    }
  }

  private Object turn(String sha1) {
    return turns[Math.floorMod(sha1.hashCode(), turns.length)];
  }

  private synchronized Disk temporary() {
    Disk disk = temporary;
    if (disk == null) {
      disk = RealDisk.open(origin.wire().settings().temporary());
      temporary = disk;
    }
    return disk;
  }

  @Override
  public synchronized void close() {
    Disk disk = temporary;
    if (disk != null) {
      disk.close();
    }
  }

  /** One compressed payload on its way, in memory or in a file of its own. */
  private final class Spool implements AutoCloseable {
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final @Nullable SafePath file;

    /**
     * @param expected length, or -1
     */
    Spool(long expected) {
      file =
          expected >= 0 && expected <= IN_MEMORY
              ? null
              : new SafePath(
                  "emblema-upload."
                      + ProcessHandle.current().pid()
                      + "."
                      + SERIAL.incrementAndGet());
    }

    OutputStream open() {
      return file == null
          ? memory
          : new BufferedOutputStream(temporary().create(file, 0600), 1 << 16);
    }

    TransactionRequests.Body body() {
      SafePath path = file;
      return path == null ? TransactionRequests.Body.of(memory.toByteArray()) : body(path);
    }

    private TransactionRequests.Body body(SafePath path) {
      long length = temporary().stat(path).orElseThrow().size();
      return new TransactionRequests.Body() {
        @Override
        public long length() {
          return length;
        }

        @Override
        public HttpRequest.BodyPublisher open() {
          return HttpRequest.BodyPublishers.fromPublisher(
              HttpRequest.BodyPublishers.ofInputStream(() -> temporary().read(path)), length);
        }
      };
    }

    @Override
    public void close() {
      if (file != null && temporary().stat(file).isPresent()) {
        temporary().remove(file);
      }
    }
  }
}
