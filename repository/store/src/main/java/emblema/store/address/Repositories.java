package emblema.store.address;

import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.store.archive.PackageArchive;
import emblema.store.file.FileRepository;
import emblema.store.file.LockWait;
import emblema.store.http.Access;
import emblema.store.http.HttpOrigin;
import emblema.store.http.HttpPublication;
import emblema.store.http.HttpSettings;
import emblema.store.http.HttpTransactions;
import emblema.store.origin.Origin;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import emblema.store.transaction.Transactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Opens repositories by their addresses.
 *
 * @param directory against which relative paths are resolved
 * @param settings for those that are reached over the network
 */
public record Repositories(Path directory, HttpSettings settings) {

  public RepositoryAddress address(String typed) {
    return RepositoryAddress.parse(typed, directory);
  }

  /** For reading: a directory, an archive, or a depot. */
  public Origin open(String typed) {
    return open(typed, Access.PLAIN);
  }

  /**
   * For reading: a directory, an archive, or a depot.
   *
   * @param access matters to depots only
   */
  public Origin open(String typed, Access access) {
    return switch (address(typed)) {
      case RepositoryAddress.Remote remote -> HttpOrigin.open(remote.text(), access, settings);
      case RepositoryAddress.Local local when Files.isRegularFile(local.path()) ->
          PackageArchive.open(local.path());
      case RepositoryAddress.Local local -> FileRepository.open(local.path());
    };
  }

  /** Begins a publication to a directory or a depot; closing it closes all. */
  public Publication publish(String typed, Access access, PublicationOptions options) {
    if (address(typed) instanceof RepositoryAddress.Remote remote) {
      HttpOrigin origin = HttpOrigin.open(remote.text(), access, settings);
      try {
        return new HttpPublication(origin, options);
      } catch (RuntimeException e) {
        origin.close();
        throw e;
      }
    }
    FileRepository repository = directory(typed, options.events());
    return new ClosingPublication(repository.publish(options), repository);
  }

  /**
   * Transactions that outlive this process, and the repository that keeps them.
   *
   * @param repository a directory or a depot
   */
  public record Pending(Transactions transactions, Origin repository) implements AutoCloseable {
    @Override
    public void close() {
      repository.close();
    }
  }

  /**
   * For publishing step by step, by several commands.
   *
   * @param events told where others keep a directory locked
   */
  public Pending pending(String typed, Access access, InstantSource clock, EventSink events) {
    if (address(typed) instanceof RepositoryAddress.Remote remote) {
      HttpOrigin origin = HttpOrigin.open(remote.text(), access, settings);
      return new Pending(new HttpTransactions(origin), origin);
    }
    FileRepository repository = directory(typed, events);
    return new Pending(repository.transactions(clock), repository);
  }

  /**
   * For changing it in place: only directories can be.
   *
   * @param events told where others keep it locked
   */
  public FileRepository directory(String typed, EventSink events) {
    if (address(typed) instanceof RepositoryAddress.Local local) {
      return FileRepository.open(local.path()).waiting(LockWait.USUAL.telling(events));
    }
    throw new UsageException(
        "the repository '" + typed + "' is not a directory of this machine",
        "run the command where the repository is");
  }
}
