package emblema.smf.migrate;

import emblema.core.error.EmblemaException;
import emblema.core.error.StorageException;
import emblema.core.io.SafePath;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what happens and passes it on: to the caller, and to the log if there is one. */
final class Recorder {
  private static final int MOST_LEFTOVERS = 100;
  private static final int MOST_STORAGE_FAILURES = 16;

  private final Consumer<Change> sink;
  private final Clock clock;
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final List<Change> leftovers = new ArrayList<>();
  private long notes;
  private int storageFailures;
  private @Nullable MigrationLog log;

  Recorder(Consumer<Change> sink, Clock clock) {
    this.sink = sink;
    this.clock = clock;
  }

  void attach(MigrationLog migrationLog) {
    log = migrationLog;
  }

  void add(int batch, Change change) {
    counts.merge(change.outcome(), 1L, Long::sum);
    if (change.outcome().isLeftover() && leftovers.size() < MOST_LEFTOVERS) {
      leftovers.add(change);
    } else if (!change.note().isEmpty()) {
      notes++;
    }
    if (log != null) {
      log.add(clock.instant(), batch, change);
    }
    sink.accept(change);
  }

  /**
   * Records an object that could not be moved. When the storage refuses again and again the error
   * is thrown: the rest stays in staging.
   */
  void failed(int batch, AreaPlaces area, SafePath from, EmblemaException error) {
    add(batch, new Change(Outcome.FAILED, area.from(from), "", String.valueOf(error.getMessage())));
    if (error instanceof StorageException && ++storageFailures >= MOST_STORAGE_FAILURES) {
      throw new StorageException(
          "gave up after " + storageFailures + " failures",
          error.getMessage(),
          List.of("mend the file system and run again: nothing is lost"),
          error);
    }
  }

  boolean hasFailures() {
    return counts.containsKey(Outcome.FAILED);
  }

  MigrationReport report() {
    return new MigrationReport(counts, leftovers, notes, storageFailures);
  }
}
