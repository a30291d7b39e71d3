package emblema.store.address;

import emblema.core.error.UsageException;
import emblema.store.file.FileRepository;
import emblema.store.http.Access;
import emblema.store.http.HttpOrigin;
import emblema.store.http.HttpPublication;
import emblema.store.http.HttpSettings;
import emblema.store.origin.Origin;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import java.nio.file.Files;
import java.nio.file.Path;

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
          archive(local.path());
      case RepositoryAddress.Local local -> FileRepository.open(local.path());
    };
  }

  private static Origin archive(Path path) {
    throw new UsageException("package archives, such as '" + path + "', cannot be read yet");
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
    FileRepository repository = directory(typed);
    return new ClosingPublication(repository.publish(options), repository);
  }

  /** For changing it in place: only directories can be. */
  public FileRepository directory(String typed) {
    if (address(typed) instanceof RepositoryAddress.Local local) {
      return FileRepository.open(local.path());
    }
    throw new UsageException(
        "the repository '" + typed + "' is not a directory of this machine",
        "run the command where the repository is");
  }
}
