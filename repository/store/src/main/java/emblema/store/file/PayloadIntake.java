package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.error.IntegrityException;
import emblema.core.error.StorageException;
import emblema.core.hash.Digest;
import emblema.core.hash.PayloadFacts;
import emblema.core.hash.PayloadGzip;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.publication.PayloadSource;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Brings payloads into one publication: what is already stored is only looked up, anything else is
 * compressed into the staging directory under its SHA-1. Safe for several threads.
 */
final class PayloadIntake {
  /** Content up to this size is read once and kept while it is hashed and compressed. */
  private static final int SMALL = 1 << 18;

  private static final List<String> COMPUTED =
      List.of("chash", "pkg.content-hash", "pkg.csize", "pkg.size");

  private final PublisherStore store;
  private final SafePath staging;
  private final boolean firstPublication;
  private final AtomicLong serial = new AtomicLong();

  /**
   * @param staging an existing directory on the store's file system
   */
  PayloadIntake(PublisherStore store, SafePath staging) {
    this.store = store;
    this.staging = staging;
    this.firstPublication = isEmpty(store);
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

  private static String describe(Action action) {
    return action.key().isEmpty() ? ActionWriter.write(action) : action.key();
  }

  private PayloadFacts take(PayloadSource source, String where) {
    try {
      long size = source.size();
      if (size >= 0 && size <= SMALL) {
        byte[] content;
        try (InputStream in = source.open()) {
          content = in.readAllBytes();
        }
        Optional<PayloadFacts> known = firstPublication ? Optional.empty() : known(content);
        return known.isPresent()
            ? known.get()
            : compress(new ByteArrayInputStream(content), content.length);
      }
      if (!firstPublication) {
        Optional<PayloadFacts> known = known(source);
        if (known.isPresent()) {
          return known.get();
        }
      }
      try (InputStream in = source.open()) {
        return compress(in, size);
      }
    } catch (IOException e) {
      throw new StorageException(
          "the content of '" + where + "' cannot be read or stored", e.getMessage(), List.of(), e);
    }
  }

  private Optional<PayloadFacts> known(byte[] content) {
    String sha1 = Digest.SHA1.hex(content);
    return find(sha1).map(file -> facts(file, sha1));
  }

  private Optional<PayloadFacts> known(PayloadSource source) throws IOException {
    MessageDigest digest = Digest.SHA1.start();
    try (InputStream in = new DigestInputStream(source.open(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String sha1 = Digest.finish(digest);
    return find(sha1).map(file -> facts(file, sha1));
  }

  private Optional<SafePath> find(String sha1) {
    SafePath staged = staging.resolve(sha1);
    return store.disk().stat(staged).isPresent() ? Optional.of(staged) : store.findPayload(sha1);
  }

  /** The facts of a stored payload, from its bytes: another compressor may have made them. */
  PayloadFacts facts(SafePath file, String sha1) {
    String hint = "run 'pkgrepo verify' on the repository";
    try (InputStream in = store.disk().read(file)) {
      PayloadFacts facts = PayloadGzip.facts(in);
      if (!facts.sha1().equals(sha1)) {
        throw new IntegrityException(
            store.disk().describe(file), "SHA-1 of the content", sha1, facts.sha1(), hint);
      }
      return facts;
    } catch (IOException e) {
      throw new IntegrityException(
          store.disk().describe(file),
          "gzip stream",
          "whole",
          String.valueOf(e.getMessage()),
          hint);
    }
  }

  private PayloadFacts compress(InputStream content, long size) throws IOException {
    Disk disk = store.disk();
    SafePath unnamed = staging.resolve("payload." + serial.incrementAndGet());
    PayloadFacts facts;
    try (OutputStream out =
        new BufferedOutputStream(disk.create(unnamed, PublisherStore.FILE_MODE), 1 << 16)) {
      facts = PayloadGzip.write(content, size, out);
    }
    Optional<SafePath> present = adopt(unnamed, facts.sha1());
    return present.isPresent() ? facts(present.get(), facts.sha1()) : facts;
  }

  /** Gives the payload its name, unless that exists by now. */
  private synchronized Optional<SafePath> adopt(SafePath unnamed, String sha1) {
    Optional<SafePath> present = find(sha1);
    if (present.isPresent()) {
      store.disk().remove(unnamed);
    } else {
      store.disk().rename(unnamed, staging.resolve(sha1));
    }
    return present;
  }
}
