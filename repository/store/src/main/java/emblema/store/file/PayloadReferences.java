package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeWalker;
import java.util.Optional;
import java.util.Set;

/**
 * Everything in a store that may need a payload: stored manifests whether catalogued or not,
 * transactions under way, and manifests in quarantine, which may come back.
 */
final class PayloadReferences {
  private final PublisherStore store;
  private final Disk disk;

  PayloadReferences(PublisherStore store) {
    this.store = store;
    this.disk = store.disk();
  }

  /**
   * Strikes out all names that are needed.
   *
   * @param except manifests that do not count, because they are about to go
   */
  void strike(PayloadNames names, Set<SafePath> except) {
    strike(names, store.layout().manifests(), except);
    strike(names, store.layout().quarantine(), except);
    SafePath transactions = store.layout().transactions();
    if (disk.stat(transactions).isPresent()) {
      for (String id : disk.list(transactions)) {
        Optional.of(transactions.resolve(id).resolve("manifest"))
            .filter(file -> disk.stat(file).isPresent())
            .ifPresent(file -> names.strike(disk, file));
      }
    }
  }

  private void strike(PayloadNames names, SafePath directory, Set<SafePath> except) {
    if (disk.stat(directory).isEmpty()) {
      return;
    }
    new TreeWalker(disk)
        .walk(
            directory,
            (path, stat) -> {
              if (stat.isFile() && !StoreLayout.isSha1(path.name()) && !except.contains(path)) {
                names.strike(disk, path);
              }
              return true;
            });
  }
}
