package emblema.image.image;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records operations in an image's history under the name of who runs them, failures too.
 *
 * @param client the program's name
 * @param command the whole command line, the program first
 */
public record Recorder(
    String client,
    String version,
    List<String> command,
    String user,
    int userId,
    InstantSource clock) {

  /** What an operation reports about itself for the history. */
  public static final class Operation {
    private @Nullable String startState;
    private @Nullable String endState;
    private final TreeMap<String, String> environments = new TreeMap<>();

    /** What is about to be done. */
    public void planned(String text) {
      startState = text;
    }

    /** What has been done. */
    public void done(String text) {
      endState = text;
    }

    /** Sets {@code be}, {@code new_be}, {@code snapshot}, {@code release-notes} or a uuid. */
    public void environment(String name, String value) {
      environments.put(name, value);
    }
  }

  /** Work that tells the history about itself. */
  public interface Work<T> {
    T run(Operation operation);
  }

  /** Runs the work and records it in the history that {@code where} gives afterwards. */
  public <T> T record(Supplier<History> where, String name, Work<T> work) {
    Instant start = clock.instant();
    Operation operation = new Operation();
    try {
      T result = work.run(operation);
      where.get().add(entry(name, start, operation, HistoryEntry.Outcome.SUCCEEDED, "None", null));
      return result;
    } catch (RuntimeException e) {
      String reason = HistoryReason.of(e);
      where.get().add(entry(name, start, operation, HistoryEntry.Outcome.FAILED, reason, e));
      throw e;
    }
  }

  private HistoryEntry entry(
      String name,
      Instant start,
      Operation operation,
      HistoryEntry.Outcome outcome,
      String reason,
      @Nullable Exception failure) {
    return new HistoryEntry(
        client,
        version,
        command,
        name,
        user,
        userId,
        outcome,
        reason,
        start,
        clock.instant(),
        operation.environments,
        operation.startState,
        operation.endState,
        failure == null ? List.of() : List.of(String.valueOf(failure.getMessage())));
  }
}
