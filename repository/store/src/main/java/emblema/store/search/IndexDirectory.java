package emblema.store.search;

import emblema.core.error.NotFoundException;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeRemoval;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An index directory (docs/formats/search-index.md): Lucene's files in one directory a generation,
 * and the file {@code current} that names the one that counts. A new generation is complete before
 * {@code current} is replaced, so whoever searches has the old one until then.
 */
final class IndexDirectory {
  private static final Pattern GENERATION = Pattern.compile("g[0-9]{1,18}");
  private static final int DIRECTORY_MODE = 0755;
  private static final int FILE_MODE = 0644;

  private final Disk disk;
  private final SafePath path;

  IndexDirectory(Disk disk, SafePath path) {
    this.disk = disk;
    this.path = path;
  }

  /** For messages. */
  String description() {
    return disk.describe(path);
  }

  /** The generation that counts; empty if there is none. */
  Optional<String> current() {
    Optional<String> named = named();
    while (named.isPresent() && !isThere(named.get())) {
      Optional<String> again = named();
      if (again.equals(named)) {
        return Optional.empty();
      }
      named = again; // replaced, and the old one removed, since its name was read
    }
    return named;
  }

  private boolean isThere(String generation) {
    return disk.stat(path.resolve(generation)).filter(Stat::isDirectory).isPresent();
  }

  private Optional<String> named() {
    SafePath file = path.resolve("current");
    if (disk.stat(file).filter(Stat::isFile).isEmpty()) {
      return Optional.empty();
    }
    try {
      String name = new String(disk.readBytes(file), StandardCharsets.UTF_8).strip();
      return Optional.of(name).filter(text -> GENERATION.matcher(text).matches());
    } catch (NotFoundException e) {
      return Optional.empty(); // just removed
    }
  }

  /** Where Lucene keeps a generation. */
  Path place(String generation) {
    return disk.root().resolve(path.resolve(generation).text());
  }

  /** Excludes other writers; fails at once where there is one. */
  FileLock lock(InstantSource clock) {
    ensure(path);
    return FileLock.acquire(
        disk,
        path.resolve("lock"),
        "search index '" + description() + "'",
        FileLock.Owner.of("", "localhost"),
        clock.withZone(ZoneOffset.UTC));
  }

  private void ensure(SafePath directory) {
    if (disk.stat(directory).filter(Stat::isDirectory).isPresent()) {
      return;
    }
    directory.parent().filter(parent -> !parent.isRoot()).ifPresent(this::ensure);
    disk.makeDirectory(directory, DIRECTORY_MODE);
  }

  /** Makes the directory of a generation that did not exist before; hold the lock. */
  String makeGeneration() {
    long last = 0;
    for (String name : disk.list(path)) {
      if (GENERATION.matcher(name).matches()) {
        last = Math.max(last, Long.parseLong(name.substring(1)));
      }
    }
    String name = "g" + (last + 1);
    disk.makeDirectory(path.resolve(name), DIRECTORY_MODE);
    return name;
  }

  /** Makes a complete generation the one that counts, and removes the others; hold the lock. */
  void publish(String generation) {
    byte[] text = (generation + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(disk, path.resolve("current"), FILE_MODE, text, Durability.FULL);
    removeExcept(generation);
  }

  /** Removes all generations but one; hold the lock. */
  void removeExcept(String generation) {
    for (String name : disk.list(path)) {
      if (GENERATION.matcher(name).matches() && !name.equals(generation)) {
        TreeRemoval.remove(disk, path.resolve(name));
      }
    }
  }
}
