package emblema.store.file;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.catalog.CatalogSnapshot;
import emblema.store.transaction.Transaction;
import emblema.store.transaction.TransactionId;
import emblema.store.transaction.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The directories {@code trans/ID} of a repository, as the reference lays them out. */
final class FileTransactions implements Transactions {
  private final FileRepository repository;
  private final InstantSource clock;

  FileTransactions(FileRepository repository, InstantSource clock) {
    this.repository = repository;
    this.clock = clock;
  }

  @Override
  public Transaction open(Fmri wanted) {
    if (wanted.version() == null) {
      throw invalidVersion(wanted);
    }
    PublisherStore store = repository.storeForWriting(repository.publisherFor(wanted), clock);
    Fmri named = wanted.withPublisher(store.prefix());
    if (named.requireVersion().timestamp() != null) {
      if (isPublished(store, named)) {
        throw PublisherStaging.exists(named);
      }
      return begin(store, named, false)
          .orElseThrow(
              () ->
                  new ConflictException(
                      "transaction ID '" + TransactionId.of(named) + "' is already open",
                      "go on with it, or abandon it first"));
    }
    Instant when = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    while (true) {
      Version version = named.requireVersion().withTimestamp(when);
      Fmri fmri = named.withVersion(version);
      if (store.disk().stat(store.layout().manifest(fmri)).isEmpty()) {
        Optional<Transaction> begun = begin(store, fmri, false);
        if (begun.isPresent()) {
          return begun.get();
        }
      }
      when = when.plusSeconds(1);
    }
  }

  @Override
  public Transaction append(Fmri wanted) {
    if (wanted.version() == null || wanted.requireVersion().timestamp() == null) {
      throw invalidVersion(wanted);
    }
    String publisher = repository.publisherFor(wanted);
    Fmri fmri = wanted.withPublisher(publisher);
    if (!repository.publishers().contains(publisher)
        || !isPublished(repository.store(publisher), fmri)) {
      throw new NotFoundException(
          "need an existing instance of '" + fmri + "' to exist to append to it");
    }
    return begin(repository.storeForWriting(publisher, clock), fmri, true)
        .orElseThrow(
            () ->
                new ConflictException(
                    "transaction ID '" + TransactionId.of(fmri) + "' is already open",
                    "go on with it, or abandon it first"));
  }

  private static MalformedException invalidVersion(Fmri fmri) {
    return new MalformedException(
        "the specified FMRI, '" + fmri + "', has an invalid version",
        "name a version, such as '" + fmri.stem() + "@1.0'");
  }

  /** Whether the catalog has it; it is not read where there is no such manifest. */
  static boolean isPublished(PublisherStore store, Fmri fmri) {
    return store.disk().stat(store.layout().manifest(fmri)).isPresent()
        && isIn(store.catalog(), store, fmri);
  }

  /** Whether this catalog has it; it is not walked where there is no such manifest. */
  static boolean isIn(CatalogSnapshot catalog, PublisherStore store, Fmri fmri) {
    if (store.disk().stat(store.layout().manifest(fmri)).isEmpty()) {
      return false;
    }
    String wanted = fmri.requireVersion().toString();
    boolean[] found = {false};
    catalog.forEachVersion(
        (stem, version) -> found[0] |= stem.equals(fmri.stem()) && version.equals(wanted));
    return found[0];
  }

  /** Appears whole: made under a temporary name, then renamed; nothing if it is open already. */
  private Optional<Transaction> begin(PublisherStore store, Fmri fmri, boolean append) {
    Disk disk = store.disk();
    TransactionId id = TransactionId.of(fmri);
    SafePath directory = store.layout().transactions().resolve(id.text());
    if (isOpen(disk, directory)) {
      return Optional.empty();
    }
    if (disk.stat(directory).isPresent()) {
      FileTransaction.remove(store, directory);
    }
    store.ensureDirectory(store.layout().transactions());
    try (StagingDirectory reserved = StagingDirectory.reserve(store)) {
      SafePath unnamed = reserved.path();
      disk.makeDirectory(unnamed, PublisherStore.DIRECTORY_MODE);
      SafePath manifest = unnamed.resolve(FileTransaction.MANIFEST);
      if (append) {
        disk.clone(store.layout().manifest(fmri), manifest, PublisherStore.FILE_MODE);
        write(disk, unnamed.resolve(FileTransaction.APPEND), "");
      } else {
        write(disk, manifest, "set name=pkg.fmri value=" + fmri + "\n");
      }
      disk.sync(manifest);
      disk.renameNoReplace(unnamed, directory);
      disk.sync(store.layout().transactions());
    } catch (ConflictException e) {
      return Optional.empty();
    }
    return Optional.of(new FileTransaction(store, id, fmri, clock));
  }

  /** A directory without a manifest is what a power cut leaves of one that was closed. */
  private static boolean isOpen(Disk disk, SafePath directory) {
    return disk.stat(directory.resolve(FileTransaction.MANIFEST)).filter(Stat::isFile).isPresent();
  }

  private static void write(Disk disk, SafePath file, String text) {
    try (OutputStream out = disk.create(file, PublisherStore.FILE_MODE)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw FileTransaction.failure(disk, file, e);
    }
  }

  @Override
  public FileTransaction resume(TransactionId id) {
    for (String publisher : repository.publishers()) {
      PublisherStore store = repository.store(publisher);
      SafePath directory = store.layout().transactions().resolve(id.text());
      if (isOpen(store.disk(), directory)) {
        Fmri fmri = id.fmri();
        if (!publisher.equals(fmri.publisher())) {
          throw TransactionId.unknown(id.text());
        }
        return new FileTransaction(store, id, fmri, clock);
      }
    }
    throw TransactionId.unknown(id.text());
  }

  @Override
  public List<TransactionId> open() {
    List<TransactionId> open = new ArrayList<>();
    for (String publisher : repository.publishers()) {
      PublisherStore store = repository.store(publisher);
      SafePath all = store.layout().transactions();
      if (store.disk().stat(all).isPresent()) {
        store.disk().list(all).stream()
            .filter(name -> isOpen(store.disk(), all.resolve(name)))
            .flatMap(name -> TransactionId.find(name).stream())
            .forEach(open::add);
      }
    }
    return open;
  }

  @Override
  public List<Fmri> recover() {
    List<Fmri> finished = new ArrayList<>();
    for (TransactionId id : open()) {
      try {
        FileTransaction transaction = resume(id);
        if (TransactionClose.wasBegun(transaction)) {
          finished.add(transaction.close(true));
        }
      } catch (EmblemaException e) {
        // stays open, for whoever began it to hear of
      }
    }
    return finished;
  }
}
