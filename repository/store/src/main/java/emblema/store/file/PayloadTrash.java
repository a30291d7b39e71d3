package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Payloads taken out of the file store, in {@code tmp/discarded.N}, until no publication is under
 * way that may have counted on them: such a one takes them back when it commits. Every method wants
 * the store's lock to be held.
 */
final class PayloadTrash {
  private static final String PREFIX = "discarded.";
  private static final Duration LONGEST = Duration.ofDays(1);

  private final PublisherStore store;
  private final Disk disk;

  PayloadTrash(PublisherStore store) {
    this.store = store;
    this.disk = store.disk();
  }

  /** Takes payloads out of the file store; directories that become empty go, too. */
  void discard(Collection<String> names) {
    if (names.isEmpty()) {
      return;
    }
    SafePath directory = newDirectory();
    for (String name : names) {
      SafePath file = store.findPayload(name).orElse(null);
      if (file != null) {
        disk.rename(file, directory.resolve(name));
        removeEmpty(file.parent().orElseThrow(), store.layout().files());
      }
    }
  }

  private SafePath newDirectory() {
    SafePath temporary = store.layout().temporary();
    for (int i = 0; ; i++) {
      SafePath directory = temporary.resolve(PREFIX + i);
      if (disk.stat(directory).isEmpty()) {
        disk.makeDirectory(directory, PublisherStore.DIRECTORY_MODE);
        return directory;
      }
    }
  }

  private void removeEmpty(SafePath directory, SafePath top) {
    SafePath each = directory;
    while (!each.equals(top) && disk.list(each).isEmpty()) {
      disk.removeDirectory(each);
      each = each.parent().orElseThrow();
    }
  }

  /** Brings a payload back into the file store; whether it was there to be brought back. */
  boolean recover(String name) {
    for (SafePath directory : directories()) {
      Optional<SafePath> file =
          Optional.of(directory.resolve(name)).filter(path -> disk.stat(path).isPresent());
      if (file.isPresent()) {
        store.ensureDirectory(store.layout().payloadDirectory(name));
        disk.rename(file.get(), store.layout().payload(name));
        return true;
      }
    }
    return false;
  }

  /**
   * Deletes what nobody can want back any more: no publication but this one is under way, no
   * transaction is open, or it has lain here for a day.
   */
  void empty(SafePath ownStaging, InstantSource clock) {
    List<SafePath> directories = directories();
    if (directories.isEmpty()) {
      return;
    }
    boolean wanted = !StagingDirectory.others(store, ownStaging).isEmpty() || hasTransactions();
    long limit = clock.instant().minus(LONGEST).getEpochSecond();
    for (SafePath directory : directories) {
      boolean old =
          disk.stat(directory).filter(stat -> stat.mtime() / 1_000_000_000L < limit).isPresent();
      if (!wanted || old) {
        TreeRemoval.remove(disk, directory);
      }
    }
  }

  private boolean hasTransactions() {
    SafePath transactions = store.layout().transactions();
    return disk.stat(transactions).isPresent() && !disk.list(transactions).isEmpty();
  }

  private List<SafePath> directories() {
    List<SafePath> directories = new ArrayList<>();
    SafePath temporary = store.layout().temporary();
    if (disk.stat(temporary).isPresent()) {
      for (String name : disk.list(temporary)) {
        if (name.startsWith(PREFIX)) {
          directories.add(temporary.resolve(name));
        }
      }
    }
    return directories;
  }
}
