package emblema.store.file;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.SignatureAction;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.PayloadFacts;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.PackageRules;
import emblema.store.catalog.CatalogAddition;
import emblema.store.catalog.CatalogEntry;
import emblema.store.catalog.CatalogSnapshot;
import emblema.store.transaction.TransactionId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The end of one transaction: what of its directory becomes part of the store. The directory itself
 * stays until the package is visible, so that after a crash at any point the same close can be
 * asked for again. Used by one thread at a time, see {@link CloseQueue}.
 */
final class TransactionClose {
  private final FileTransaction transaction;
  private final PublisherStore store;
  private final Disk disk;
  private final Fmri fmri;
  private final boolean catalogued;
  private boolean done;
  private @Nullable RuntimeException failure;

  TransactionClose(FileTransaction transaction, boolean catalogued) {
    this.transaction = transaction;
    this.store = transaction.store();
    this.disk = store.disk();
    this.fmri = transaction.fmri();
    this.catalogued = catalogued;
  }

  /** The directory's. */
  String name() {
    return transaction.id().text();
  }

  PublisherStore store() {
    return store;
  }

  boolean isDone() {
    return done;
  }

  void fail(RuntimeException reason) {
    failure = reason;
    done = true;
  }

  /** Because the same was asked for twice at once. */
  void failAsUnknown() {
    fail(TransactionId.unknown(name()));
  }

  /** After it became visible. */
  void finish() {
    try {
      FileTransaction.remove(store, transaction.directory());
    } catch (NotFoundException e) {
      // somebody else was told to close it too
    }
    done = true;
  }

  void throwFailure() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }

  /**
   * Checks the package and says what is to appear; fails without having said anything.
   *
   * @param staged a name for its manifest, on the store's file system
   * @param present the catalog, read under the lock
   */
  void prepare(SafePath staged, CatalogSnapshot present, Appearance appearance) {
    transaction.requireOpen();
    boolean append = transaction.isAppend();
    SafePath own = transaction.directory().resolve(FileTransaction.MANIFEST);
    SafePath stored = store.layout().manifest(fmri);
    boolean published = FileTransactions.isIn(present, store, fmri);
    if (append && !published) {
      throw new NotFoundException(
          "need an existing instance of '" + fmri + "' to exist to append to it");
    }
    if (!append && published) {
      if (Arrays.equals(disk.readBytes(own), disk.readBytes(stored))) {
        return; // a crash came before the directory was removed
      }
      throw PublisherStaging.exists(fmri);
    }
    Manifest manifest = read(own);
    PackageRules.check(manifest);
    Map<String, SafePath> payloads = new TreeMap<>();
    Map<String, PayloadFacts> others = new TreeMap<>();
    for (String sha1 : named(manifest)) {
      place(sha1, payloads, others);
    }
    StagedPackage finished = finished(manifest, own, staged, others);
    payloads.forEach((sha1, file) -> appearance.payload(file, sha1));
    appearance.manifest(finished);
    if (append) {
      appearance.recatalogued(CatalogRefresh.read(disk, fmri, stored), finished.addition());
    } else if (catalogued) {
      appearance.catalogued(finished.addition());
    }
  }

  private Manifest read(SafePath file) {
    try (InputStream in = disk.read(file)) {
      return ManifestReader.read(in, disk.describe(file));
    } catch (IOException e) {
      throw new StorageException(
          "'" + disk.describe(file) + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  /** Every payload that the manifest needs, certificates and their chains among them. */
  private static Set<String> named(Manifest manifest) {
    Set<String> names = new TreeSet<>();
    for (Action action : manifest.actions()) {
      String payload = action.payload();
      if (payload != null && !payload.isEmpty()) {
        if (!StoreLayout.isSha1(payload)) {
          throw new NotFoundException(
              "the payload of '" + ActionWriter.write(action) + "' was not delivered",
              "payloads are named by 40 hex digits");
        }
        names.add(payload);
      }
      if (action instanceof SignatureAction signature) {
        for (String chain : signature.attributes().all("chain")) {
          Arrays.stream(chain.split(" ")).filter(StoreLayout::isSha1).forEach(names::add);
        }
      }
    }
    return names;
  }

  private void place(
      String sha1, Map<String, SafePath> payloads, Map<String, PayloadFacts> others) {
    SafePath uploaded = transaction.directory().resolve(sha1);
    boolean isUploaded = disk.stat(uploaded).isPresent();
    if (isUploaded && !transaction.hasReceived(sha1)) {
      PayloadIntake.facts(disk, uploaded, sha1);
    }
    SafePath present = store.findPayload(sha1).orElse(null);
    if (present != null && isUploaded) {
      others.put(sha1, PayloadIntake.facts(disk, present, sha1));
    } else if (isUploaded) {
      payloads.put(sha1, uploaded);
    } else if (present == null && !new PayloadTrash(store).recover(sha1)) {
      throw new NotFoundException(
          "the payload '" + sha1 + "' of package '" + fmri + "' was not delivered",
          "upload it and close the transaction again, or abandon the transaction");
    }
  }

  /** The manifest under its staged name, true of the payloads as others stored them meanwhile. */
  private StagedPackage finished(
      Manifest manifest, SafePath own, SafePath staged, Map<String, PayloadFacts> others) {
    disk.clone(own, staged, PublisherStore.FILE_MODE);
    CatalogAddition addition = CatalogRefresh.read(disk, fmri, staged);
    StagedPackage verbatim = new StagedPackage(fmri, true, true, staged, addition);
    boolean differs =
        manifest.actions().stream().anyMatch(action -> !corrected(action, others).equals(action));
    if (!differs) {
      return verbatim;
    }
    if (manifest.actions(SignatureAction.class).findAny().isPresent()) {
      throw new ConflictException(
          "a payload of the signed package '"
              + fmri
              + "' is stored in another compressed form than its manifest says",
          "publish it without its signatures and sign it again");
    }
    return verbatim.rewritten(disk, fmri, action -> corrected(action, others));
  }

  private static Action corrected(Action action, Map<String, PayloadFacts> others) {
    String name = action.payload();
    PayloadFacts facts = name == null ? null : others.get(name);
    if (facts == null || !action.attributes().has("chash")) {
      return action;
    }
    boolean agrees = action.attributes().is("chash", facts.compressedSha1());
    return agrees ? action : facts.applyTo(action);
  }

  /** Whether a crash came after the package's manifest was in place. */
  static boolean wasBegun(FileTransaction transaction) {
    PublisherStore store = transaction.store();
    Disk disk = store.disk();
    SafePath stored = store.layout().manifest(transaction.fmri());
    if (disk.stat(stored).isEmpty()) {
      return false;
    }
    byte[] own = disk.readBytes(transaction.directory().resolve(FileTransaction.MANIFEST));
    if (!Arrays.equals(disk.readBytes(stored), own)) {
      return false;
    }
    if (!transaction.isAppend()) {
      return true;
    }
    // it began as a copy of what is published: only the catalog can tell
    String actual = CatalogRefresh.read(disk, transaction.fmri(), stored).manifestSha1();
    boolean[] behind = {false};
    store
        .catalog()
        .forEach(
            (CatalogEntry entry) ->
                behind[0] |=
                    entry.fmri().equals(transaction.fmri())
                        && !entry.manifestSha1().equals(actual));
    return behind[0];
  }
}
