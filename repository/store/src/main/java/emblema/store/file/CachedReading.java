package emblema.store.file;

import emblema.core.io.Stat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was read from a file or directory, kept until that has changed. File systems tell time in
 * ticks: what is read within a moment of a change may change again without the time telling, so it
 * is kept only when it was read well after.
 */
final class CachedReading<T> {
  private static final long TICKS = 100_000_000;

  private record Kept<T>(Stat stat, long firstSeen, long read, T value) {}

  private volatile @Nullable Kept<T> kept;

  /**
   * The value, read if need be.
   *
   * @param now what the file system says of the file; nothing if there is none
   */
  T get(Optional<Stat> now, Supplier<T> reader) {
    if (now.isEmpty()) {
      kept = null;
      return reader.get();
    }
    Stat stat = now.get();
    Kept<T> before = kept;
    long clock = System.nanoTime();
    long firstSeen = clock;
    if (before != null && isSame(before.stat(), stat)) {
      if (before.read() - before.firstSeen() > TICKS) {
        return before.value();
      }
      firstSeen = before.firstSeen();
    }
    T value = reader.get();
    kept = new Kept<>(stat, firstSeen, clock, value);
    return value;
  }

  private static boolean isSame(Stat one, Stat other) {
    return one.inode() == other.inode()
        && one.mtime() == other.mtime()
        && one.ctime() == other.ctime()
        && one.size() == other.size();
  }
}
