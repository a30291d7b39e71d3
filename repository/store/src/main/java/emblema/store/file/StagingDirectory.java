package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.time.InstantSource;

/**
 * The directories {@code tmp/publish.PID.N} of publications under way. One whose process has ended
 * is debris of a crash, and is removed when the next publication begins.
 */
final class StagingDirectory {
  private StagingDirectory() {}

  /** A new, empty one. */
  static SafePath make(PublisherStore store, InstantSource clock) {
    Disk disk = store.disk();
    SafePath temporary = store.layout().temporary();
    store.ensureDirectory(temporary);
    try (StoreLock ignored = StoreLock.await(disk, store.layout().lock(), clock)) {
      removeDebris(disk, temporary);
      for (int i = 0; ; i++) {
        SafePath directory =
            temporary.resolve(PublisherStaging.PREFIX + ProcessHandle.current().pid() + "." + i);
        if (disk.stat(directory).isEmpty()) {
          disk.makeDirectory(directory, PublisherStore.DIRECTORY_MODE);
          return directory;
        }
      }
    }
  }

  private static void removeDebris(Disk disk, SafePath temporary) {
    for (String name : disk.list(temporary)) {
      if (name.startsWith(PublisherStaging.PREFIX) && !isAlive(name)) {
        PublisherStaging.remove(disk, temporary.resolve(name));
      }
    }
  }

  /** A process of another host is not seen; its directory then looks dead. */
  private static boolean isAlive(String name) {
    String[] words = name.split("\\.", -1);
    if (words.length < 2 || !words[1].matches("[0-9]{1,18}")) {
      return true;
    }
    return ProcessHandle.of(Long.parseLong(words[1])).isPresent();
  }
}
