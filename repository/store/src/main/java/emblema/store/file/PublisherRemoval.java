package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a publisher out of a repository (spec repository, section 13): its directory is renamed
 * away, which is the one step that counts, and then deleted. What a crash leaves of it in the
 * repository's {@code tmp} goes with the next publisher that is removed.
 */
final class PublisherRemoval {
  private static final String PREFIX = "rm.";

  private final FileRepository repository;
  private final Disk disk;

  PublisherRemoval(FileRepository repository, Disk disk) {
    this.repository = repository;
    this.disk = disk;
  }

  void remove(String prefix, InstantSource clock) {
    repository.requireSeveralPublishers();
    PublisherStore store = repository.publisherStore(prefix);
    SafePath temporary = new SafePath("tmp");
    store.ensureDirectory(temporary);
    store.ensureDirectory(store.layout().temporary());
    try (StoreLock ignored = StoreLock.await(store, clock)) {
      disk.rename(store.layout().root(), free(temporary, prefix));
      disk.sync(new SafePath("publisher"));
      disk.sync(temporary);
    }
    if (repository.defaultPublisher().filter(prefix::equals).isPresent()) {
      List<String> left = new ArrayList<>(repository.publishers());
      String other = left.size() == 1 ? left.getFirst() : "";
      repository.configure(repository.configuration().with("publisher", "prefix", List.of(other)));
    }
    for (String name : disk.list(temporary)) {
      if (name.startsWith(PREFIX)) {
        TreeRemoval.remove(disk, temporary.resolve(name));
      }
    }
  }

  private SafePath free(SafePath temporary, String prefix) {
    for (int i = 0; ; i++) {
      SafePath path = temporary.resolve(PREFIX + prefix + "." + i);
      if (disk.stat(path).isEmpty()) {
        return path;
      }
    }
  }
}
