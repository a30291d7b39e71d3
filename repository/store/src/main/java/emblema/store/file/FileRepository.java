package emblema.store.file;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.PublisherPrefix;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogCopy;
import emblema.store.catalog.CatalogFiles;
import emblema.store.origin.Origin;
import emblema.store.p5i.P5i;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import emblema.store.transaction.Transactions;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A repository in a directory, of version 4 or 3 (spec repository). Reading takes no lock and
 * changes nothing; several threads may read and several processes publish at once.
 */
public final class FileRepository implements Origin {
  private static final SafePath PUBLISHERS = new SafePath("publisher");

  private final Disk disk;
  private final ConfigurationFile file;
  private final RepositoryConfiguration configuration;
  private final CachedReading<RepositoryConfiguration> configurations = new CachedReading<>();
  private final CachedReading<List<String>> prefixes = new CachedReading<>();
  private volatile LockWait lockWait = LockWait.USUAL;

  private FileRepository(Disk disk, ConfigurationFile file, RepositoryConfiguration configuration) {
    this.disk = disk;
    this.file = file;
    this.configuration = configuration;
  }

  /** Opens an existing repository for reading; publishing opens for writing when it begins. */
  public static FileRepository open(Path root) {
    if (!java.nio.file.Files.isDirectory(root)) {
      throw ConfigurationFile.noRepository(root.toString());
    }
    return open(RealDisk.open(root));
  }

  /** Opens the repository that is the root of a disk; closing it closes the disk. */
  public static FileRepository open(Disk disk) {
    ConfigurationFile file = ConfigurationFile.find(disk);
    return new FileRepository(disk, file, file.read());
  }

  /** Makes a new one of version 4; conflict if the directory has content. */
  public static FileRepository create(Path root) {
    return create(root, 4);
  }

  /**
   * Makes a new one.
   *
   * @param version of the format: 4, or 3 with a single publisher
   */
  public static FileRepository create(Path root, int version) {
    return create(NewDirectory.make(root), version);
  }

  /** Makes a new one in the root of a disk, which must be empty. */
  public static FileRepository create(Disk disk, int version) {
    ConfigurationFile file = ConfigurationFile.create(disk, version);
    return new FileRepository(disk, file, file.read());
  }

  /** This one, which from now on waits so for the locks of its stores. */
  public FileRepository waiting(LockWait patience) {
    lockWait = patience;
    return this;
  }

  /** Where it is. */
  public Path root() {
    return disk.root();
  }

  /** What it is kept on. */
  public Disk disk() {
    return disk;
  }

  /** Where a publisher's catalog, manifests, payloads and search index are. */
  public SafePath directory(String publisher) {
    return store(publisher).layout().root();
  }

  /** Of the format: 3 or 4. */
  public int version() {
    return file.version();
  }

  /** As the file says now. */
  public RepositoryConfiguration configuration() {
    Optional<Stat> now = disk.stat(file.path());
    return now.isPresent() ? configurations.get(now, file::read) : configuration;
  }

  /** Replaces the configuration, atomically. */
  public void configure(RepositoryConfiguration changed) {
    file.write(changed);
    changed
        .defaultPublisher()
        .filter(prefix -> changed.version() == 4 && !store(prefix).exists())
        .ifPresent(prefix -> storeForWriting(prefix, InstantSource.system()));
  }

  /** The configured default publisher ({@code publisher/prefix}). */
  public Optional<String> defaultPublisher() {
    return configuration().defaultPublisher();
  }

  void requireSeveralPublishers() {
    if (version() != 4) {
      throw new ConflictException(
          "operation not supported for this configuration",
          "only repositories of version 4 hold several publishers");
    }
  }

  /** Adds a publisher; the first one becomes the default. */
  public void addPublisher(String prefix) {
    addPublisher(prefix, InstantSource.system());
  }

  /**
   * Adds a publisher; the first one becomes the default.
   *
   * @param clock for the time at which its catalog begins to exist
   */
  public void addPublisher(String prefix, InstantSource clock) {
    PublisherPrefix.require(prefix);
    requireSeveralPublishers();
    PublisherStore store = store(prefix);
    if (store.hasCatalog()) {
      throw new ConflictException("publisher '" + prefix + "' already exists");
    }
    // in this order, so that after a crash the same command completes
    if (defaultPublisher().isEmpty()) {
      file.write(configuration().with("publisher", "prefix", List.of(prefix)));
    }
    store.ensureDirectory(store.layout().temporary());
    PublisherInformation.bare(prefix).write(store);
    NewCatalog.ensure(store, clock);
  }

  /**
   * Removes publishers with all their packages. The only one left becomes the default if the
   * default is among them.
   */
  public void removePublishers(List<String> prefixes, InstantSource clock) {
    prefixes.forEach(this::existing);
    PublisherRemoval removal = new PublisherRemoval(this, disk);
    prefixes.forEach(prefix -> removal.remove(prefix, clock));
  }

  /** Begins a publication; several processes may publish at once. */
  public Publication publish(InstantSource clock) {
    return publish(PublicationOptions.of(clock));
  }

  /** Begins a publication; several processes may publish at once. */
  public Publication publish(PublicationOptions options) {
    return new FilePublication(this, options);
  }

  /** Publications that stay open between commands, and between requests to a depot. */
  public Transactions transactions(InstantSource clock) {
    return new FileTransactions(this, clock);
  }

  @Override
  public String location() {
    String address = disk.root().toAbsolutePath().normalize().toUri().toString();
    return address.endsWith("/") ? address : address + "/";
  }

  @Override
  public List<String> publishers() {
    if (version() != 4) {
      return defaultPublisher().map(List::of).orElse(List.of());
    }
    Optional<Stat> now = disk.stat(PUBLISHERS);
    return now.isPresent() ? prefixes.get(now, this::readPrefixes) : List.of();
  }

  private List<String> readPrefixes() {
    return disk.list(PUBLISHERS).stream()
        .filter(PublisherPrefix::isValid)
        .filter(prefix -> store(prefix).exists())
        .toList();
  }

  @Override
  public Catalog catalog(String publisher) {
    return existing(publisher).catalog();
  }

  @Override
  public Optional<CatalogFiles> catalogFiles(String publisher) {
    return Optional.of(existing(publisher).catalogFiles());
  }

  @Override
  public List<P5i.Publisher> profiles() {
    return publishers().stream()
        .flatMap(prefix -> publisherInformation(prefix).document().publishers().stream())
        .toList();
  }

  /** Counts and times of a publisher's catalog, without its parts being read. */
  public CatalogAttributes catalogAttributes(String publisher) {
    return existing(publisher).catalogAttributes();
  }

  /** A publisher's own configuration. */
  public PublisherInformation publisherInformation(String publisher) {
    return PublisherInformation.read(existing(publisher));
  }

  /** Replaces a publisher's own configuration, atomically; an unknown publisher is added. */
  public void configure(String publisher, PublisherInformation changed, InstantSource clock) {
    changed.write(storeForWriting(publisher, clock));
  }

  /** Adds manifests that are stored but not catalogued; how many packages that were. */
  public int refreshCatalog(String publisher, InstantSource clock, EventSink events) {
    return new CatalogRefresh(existing(publisher), clock, events).add();
  }

  /** Makes a publisher's catalog anew from the stored manifests; how many packages it has. */
  public int rebuildCatalog(String publisher, InstantSource clock, EventSink events) {
    return new CatalogRefresh(existing(publisher), clock, events).rebuild();
  }

  /**
   * Removes packages of one publisher, with the payloads that nothing else needs.
   *
   * @param packages with full versions, all in the catalog
   */
  public RemovedPayloads remove(
      String publisher, List<Fmri> packages, InstantSource clock, EventSink events) {
    return new Withdrawal(existing(publisher), clock, events).remove(packages);
  }

  /**
   * Takes away payloads that nothing needs.
   *
   * @param grace how long ago a payload must have been stored
   * @param trial whether to say only what would be taken
   */
  public RemovedPayloads sweep(
      String publisher, Duration grace, boolean trial, InstantSource clock) {
    Sweep sweep = new Sweep(existing(publisher), clock);
    return trial ? sweep.measure(grace) : sweep.run(grace);
  }

  /** Moves damaged objects away, and makes packages that they belong to invisible. */
  public Quarantined quarantine(
      String publisher, Damage damage, InstantSource clock, EventSink events) {
    return new Withdrawal(existing(publisher), clock, events).quarantine(damage);
  }

  /** Takes another repository's catalog over as it is; its packages must be stored here. */
  public void takeCatalog(String publisher, CatalogCopy copy, InstantSource clock) {
    CatalogTakeover.run(storeForWriting(publisher, clock), copy, clock);
  }

  /** Whether some process is changing the publisher's store now. */
  public boolean isBusy(String publisher, InstantSource clock) {
    return StoreLock.isHeld(existing(publisher), clock);
  }

  @Override
  public byte[] manifest(Fmri fmri) {
    return existing(publisherFor(fmri)).manifest(fmri);
  }

  @Override
  public InputStream openManifest(Fmri fmri) {
    return existing(publisherFor(fmri)).openManifest(fmri);
  }

  @Override
  public InputStream payload(String publisher, String sha1) {
    return existing(publisher).payload(sha1);
  }

  /** Where a payload is stored, if the publisher has it. */
  public Optional<StoredFile> storedPayload(String publisher, String sha1) {
    PublisherStore store = store(publisher);
    StoreLayout layout = store.layout();
    return stored(store, layout.payload(sha1))
        .or(
            () ->
                layout.root().isRoot()
                    ? StoredFile.find(disk, layout.oldPayload(sha1))
                    : Optional.empty());
  }

  /** An error only if the publisher does not exist, which the file need not be asked. */
  private Optional<StoredFile> stored(PublisherStore store, SafePath file) {
    if (version() != 4) {
      existing(store.prefix());
    }
    Optional<StoredFile> found = StoredFile.find(disk, file);
    if (found.isEmpty()) {
      existing(store.prefix());
    }
    return found;
  }

  /** Where the manifest of a package with publisher and full version is stored, if it is. */
  public Optional<StoredFile> storedManifest(Fmri fmri) {
    PublisherStore store = store(publisherFor(fmri));
    return stored(store, store.layout().manifest(fmri));
  }

  /**
   * Where a file of a publisher's catalog is stored, if there is one.
   *
   * @param name without any directory
   */
  public Optional<StoredFile> storedCatalogFile(String publisher, String name) {
    PublisherStore store = store(publisher);
    return stored(store, store.layout().catalog().resolve(name));
  }

  /** The publisher that an FMRI names, or the default one. */
  String publisherFor(Fmri fmri) {
    return fmri.publisherIfAny()
        .or(this::defaultPublisher)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "the specified FMRI, '"
                        + fmri
                        + "', must include the publisher prefix as the repository contains"
                        + " package data for more than one publisher or a default publisher has"
                        + " not been defined",
                    "set a default with 'pkgrepo set publisher/prefix=PUBLISHER'"));
  }

  PublisherStore store(String publisher) {
    PublisherPrefix.require(publisher);
    SafePath root = version() == 4 ? new SafePath("publisher").resolve(publisher) : SafePath.ROOT;
    return new PublisherStore(disk, publisher, new StoreLayout(root), lockWait);
  }

  /** The store of a publisher that exists, for those who look after it. */
  public PublisherStore publisherStore(String publisher) {
    return existing(publisher);
  }

  private PublisherStore existing(String publisher) {
    PublisherStore store = store(publisher);
    boolean known = version() == 4 ? store.exists() : publishers().contains(publisher);
    if (!known) {
      throw new NotFoundException(
          "no publisher matching '" + publisher + "' could be found in '" + disk.root() + "'");
    }
    return store;
  }

  /** The store of a publisher, made if it does not exist, as the reference does on publishing. */
  PublisherStore storeForWriting(String publisher, InstantSource clock) {
    PublisherStore store = store(publisher);
    store.ensureDirectory(store.layout().temporary());
    NewCatalog.ensure(store, clock);
    return store;
  }

  @Override
  public void close() {
    disk.close();
  }
}
