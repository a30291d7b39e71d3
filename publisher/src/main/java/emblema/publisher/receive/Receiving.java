package emblema.publisher.receive;

import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import emblema.store.address.Repositories;
import emblema.store.address.RepositoryAddress;
import emblema.store.catalog.CatalogEntry;
import emblema.store.check.VerificationOptions;
import emblema.store.file.FileRepository;
import emblema.store.http.Access;
import emblema.store.origin.Origin;
import emblema.store.publication.PublicationOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code pkgrecv} does, ready to be called.
 *
 * @param repositories opens source and destination
 * @param source an address
 * @param access to the source
 * @param cacheDirectory keeps downloads, exists; nothing for one that is made and removed
 */
public record Receiving(
    Repositories repositories,
    String source,
    Access access,
    Optional<Path> cacheDirectory,
    InstantSource clock) {

  /** Where packages go. */
  public sealed interface Target {
    /** A repository that exists. */
    record Repository(String address, Access access) implements Target {}

    /** Directories with manifests and payloads. */
    record Raw(Path directory, boolean compressed) implements Target {}

    /** A package archive that does not exist yet. */
    record Archive(Path file) implements Target {}
  }

  /** Receives packages. */
  public Receipt receive(Target target, ReceiveRequest request) {
    try (Origin origin = repositories.open(source, access);
        Destination destination = destination(target, request);
        Cache cache = cache()) {
      boolean forgetful = cacheDirectory.isEmpty() && !(target instanceof Target.Archive);
      Receipt receipt =
          new Receiver(
                  origin,
                  destination,
                  new DownloadCache(cache.disk(), request.events()),
                  request,
                  forgetful)
              .run();
      cache.succeed();
      return receipt;
    }
  }

  private Destination destination(Target target, ReceiveRequest request) {
    return switch (target) {
      case Target.Repository to ->
          new RepositoryDestination(
              repositories,
              to.address(),
              to.access(),
              PublicationOptions.of(clock).withEvents(EventSink.QUIET));
      case Target.Raw to when request.trial() ->
          new RawDestination(RealDisk.open(existing(to.directory())), to.compressed());
      case Target.Raw to -> new RawDestination(RealDisk.open(to.directory()), to.compressed());
      case Target.Archive to -> new ArchiveDestination(to.file());
    };
  }

  /** On a trial nothing is made: a directory that is not there has nothing, like any empty one. */
  private static Path existing(Path directory) {
    Path at = directory.toAbsolutePath().normalize();
    while (!Files.isDirectory(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  /**
   * Makes a repository directory an exact copy.
   *
   * @param publishers prefixes, or {@code *}; none for those that both have
   */
  public Receipt clone(
      String target,
      List<String> publishers,
      VerificationOptions verification,
      ReceiveRequest request) {
    if (!(repositories.address(target) instanceof RepositoryAddress.Local)) {
      throw new UsageException("--clone needs a repository directory as its destination");
    }
    try (Origin origin = repositories.open(source, access);
        FileRepository repository = repositories.directory(target, request.events());
        Cache cache = cache()) {
      Receipt receipt =
          new CloneRun(
                  origin,
                  repository,
                  new DownloadCache(cache.disk(), request.events()),
                  verification,
                  clock,
                  request.trial(),
                  request.say(),
                  request.events())
              .run(publishers);
      cache.succeed();
      return receipt;
    }
  }

  /** The newest version of each package, by publisher and name. */
  public List<Fmri> newest() {
    List<Fmri> newest = new ArrayList<>();
    try (Origin origin = repositories.open(source, access)) {
      for (String publisher : origin.publishers()) {
        List<CatalogEntry> all = new ArrayList<>();
        origin.catalog(publisher).forEach(all::add);
        VersionChoice.LATEST.prune(all).forEach(entry -> newest.add(entry.fmri()));
      }
    }
    return newest;
  }

  private Cache cache() {
    if (cacheDirectory.isPresent()) {
      return new Cache(RealDisk.open(cacheDirectory.get()), SafePath.ROOT, true);
    }
    Disk temporary = RealDisk.open(repositories.settings().temporary());
    SafePath own = new SafePath("pkgrecv." + ProcessHandle.current().pid());
    TreeRemoval.remove(temporary, own);
    temporary.makeDirectory(own, 0700);
    return new Cache(temporary, own, false);
  }

  /** Downloads of this run; an own directory stays behind when the run fails and it has content. */
  private static final class Cache implements AutoCloseable {
    private final Disk parent;
    private final SafePath own;
    private final boolean given;
    private final Disk disk;
    private boolean succeeded;

    Cache(Disk parent, SafePath own, boolean given) {
      this.parent = parent;
      this.own = own;
      this.given = given;
      this.disk = given ? parent : RealDisk.open(parent.root().resolve(own.text()));
    }

    Disk disk() {
      return disk;
    }

    void succeed() {
      succeeded = true;
    }

    @Override
    public void close() {
      boolean empty = disk.list(SafePath.ROOT).isEmpty();
      disk.close();
      if (!given) {
        if (succeeded || empty) {
          TreeRemoval.remove(parent, own);
        }
        parent.close();
      }
    }
  }

  /** Where a run without a directory of its own keeps what it downloaded. */
  public Path temporaryCache() {
    return repositories.settings().temporary().resolve("pkgrecv." + ProcessHandle.current().pid());
  }
}
