package emblema.depot.operation;

import emblema.core.error.NotFoundException;
import emblema.store.file.FileRepository;
import java.util.ArrayList;
import java.util.List;

/** Which publishers a call means. */
final class Publishers {
  private Publishers() {}

  /** The one of the address, else the default one. */
  static String one(Call call, FileRepository repository) {
    return call.publisher()
        .or(repository::defaultPublisher)
        .filter(publisher -> repository.publishers().contains(publisher))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "no publisher was specified or no default publisher has been configured for"
                        + " the repository"));
  }

  /** The one of the address, else all of them. */
  static List<String> all(Call call, FileRepository repository) {
    return call.publisher().map(List::of).orElseGet(repository::publishers);
  }

  /** All of them, the default one first. */
  static List<String> defaultFirst(FileRepository repository) {
    List<String> all = new ArrayList<>(repository.publishers());
    repository.defaultPublisher().filter(all::remove).ifPresent(all::addFirst);
    return all;
  }
}
