package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A directory {@code tmp/publish.HOST.PID.N} for work under way. One whose process has ended is
 * debris of a crash, and is removed when the next work begins; other hosts' are left alone.
 */
final class StagingDirectory implements AutoCloseable {
  private static final String PREFIX = "publish." + HostName.VALUE.replace('/', '-') + ".";
  private static final Set<Path> LIVE = ConcurrentHashMap.newKeySet();
  private static final AtomicLong RESERVED = new AtomicLong();

  private final Disk disk;
  private final SafePath path;

  private StagingDirectory(Disk disk, SafePath path) {
    this.disk = disk;
    this.path = path;
  }

  /** A new, empty one. */
  static StagingDirectory make(PublisherStore store, InstantSource clock) {
    Disk disk = store.disk();
    SafePath temporary = store.layout().temporary();
    store.ensureDirectory(temporary);
    try (StoreLock ignored = StoreLock.await(store, clock)) {
      removeDebris(disk, temporary);
      new PayloadTrash(store).empty(temporary, clock);
      SafePath free = null;
      for (int i = 0; free == null; i++) {
        SafePath directory = temporary.resolve(PREFIX + ProcessHandle.current().pid() + "." + i);
        free = disk.stat(directory).isEmpty() ? directory : null;
      }
      disk.makeDirectory(free, PublisherStore.DIRECTORY_MODE);
      LIVE.add(absolute(disk, free));
      return new StagingDirectory(disk, free);
    }
  }

  /**
   * One that is not made yet, for what is about to be renamed from or to it. No lock is needed: no
   * other has its name.
   */
  static StagingDirectory reserve(PublisherStore store) {
    SafePath temporary = store.layout().temporary();
    SafePath free;
    do {
      String name = PREFIX + ProcessHandle.current().pid() + ".r" + RESERVED.incrementAndGet();
      free = temporary.resolve(name);
    } while (!LIVE.add(absolute(store.disk(), free)) || store.disk().stat(free).isPresent());
    return new StagingDirectory(store.disk(), free);
  }

  /**
   * Publications that are under way besides one's own; the store's lock must be held. Those of
   * other hosts count, since nobody here knows whether they still live.
   */
  static List<String> others(PublisherStore store, SafePath own) {
    Disk disk = store.disk();
    SafePath temporary = store.layout().temporary();
    return disk.list(temporary).stream()
        .filter(name -> name.startsWith("publish."))
        .map(temporary::resolve)
        .filter(path -> !path.equals(own))
        .filter(path -> !path.name().startsWith(PREFIX) || isAlive(disk, path))
        .map(SafePath::name)
        .toList();
  }

  SafePath path() {
    return path;
  }

  /** Removes it with all that is in it. */
  @Override
  public void close() {
    try {
      TreeRemoval.remove(disk, path);
    } finally {
      LIVE.remove(absolute(disk, path));
    }
  }

  private static void removeDebris(Disk disk, SafePath temporary) {
    for (String name : disk.list(temporary)) {
      SafePath path = temporary.resolve(name);
      if (name.startsWith(PREFIX) && !isAlive(disk, path)) {
        TreeRemoval.remove(disk, path);
      }
    }
  }

  private static boolean isAlive(Disk disk, SafePath path) {
    String pid = path.name().substring(PREFIX.length()).replaceFirst("\\..*", "");
    if (!pid.matches("[0-9]{1,18}")) {
      return true;
    }
    long number = Long.parseLong(pid);
    return number == ProcessHandle.current().pid()
        ? LIVE.contains(absolute(disk, path))
        : ProcessHandle.of(number).isPresent();
  }

  private static Path absolute(Disk disk, SafePath path) {
    return disk.root().toAbsolutePath().normalize().resolve(path.text());
  }
}
