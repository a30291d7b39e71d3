package emblema.depot.web;

import emblema.core.error.EmblemaException;
import emblema.store.file.FileRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The shelves of a repository; each is worked out again when its catalog has changed. */
final class Shelves {
  private final FileRepository repository;
  private final Map<String, Shelf> known = new ConcurrentHashMap<>();

  Shelves(FileRepository repository) {
    this.repository = repository;
  }

  /** Nothing if there is no such publisher. */
  Optional<Shelf> shelf(String publisher) {
    if (!repository.publishers().contains(publisher)) {
      return Optional.empty();
    }
    Instant changed = repository.catalogAttributes(publisher).lastModified();
    return Optional.of(
        known.compute(
            publisher,
            (prefix, before) ->
                before != null && before.changed().equals(changed)
                    ? before
                    : Shelf.of(repository.catalog(prefix))));
  }

  /** Of all publishers that can be read. */
  List<Shelf> all() {
    List<Shelf> all = new ArrayList<>();
    for (String publisher : repository.publishers()) {
      try {
        shelf(publisher).ifPresent(all::add);
      } catch (EmblemaException e) {
        // a damaged catalog must not hide the others; its own page says what is wrong
      }
    }
    return all;
  }
}
