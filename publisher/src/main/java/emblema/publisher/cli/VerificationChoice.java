package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.store.check.DependencyExceptions;
import emblema.store.check.ServiceAccount;
import emblema.store.check.VerificationOptions;
import emblema.store.http.FetchedLists;
import emblema.store.http.HttpSettings;
import emblema.store.http.SmallDownload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** How {@code pkgrepo verify} and {@code pkgrepo fix} look at a repository. */
final class VerificationChoice {
  private static final Path ACCOUNTS = Path.of("/etc");

  private VerificationChoice() {}

  static VerificationOptions of(Session session) {
    return VerificationOptions.standard()
        .withEvents(session.events())
        .withRevocationLists(
            new FetchedLists(
                new SmallDownload(HttpSettings.of(session.program(), session.environment())),
                session.events()))
        .withAccount(ServiceAccount.find(ACCOUNTS));
  }

  /** The files named by {@code -i}, together. */
  static DependencyExceptions exceptions(Arguments arguments, Session session) {
    DependencyExceptions all = DependencyExceptions.NONE;
    for (String name : arguments.values("-i")) {
      Path file = session.resolve(name);
      try {
        List<String> lines = Files.readAllLines(file);
        all = all.and(DependencyExceptions.parse(lines, name));
      } catch (NoSuchFileException e) {
        throw new NotFoundException("ignored-dependency file '" + name + "' does not exist");
      } catch (IOException e) {
        throw new StorageException(
            "ignored-dependency file '" + name + "' cannot be read", e.getMessage(), List.of(), e);
      }
    }
    return all;
  }
}
