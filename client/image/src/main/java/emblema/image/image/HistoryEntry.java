package emblema.image.image;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One operation that was tried on an image (spec image-layout, section 6).
 *
 * @param client the program, {@code pkg}
 * @param command the command line, the program first
 * @param operation {@code install}, {@code refresh-publishers}, …
 * @param reason {@code None} for success
 * @param environments {@code be}, {@code be_uuid}, {@code new_be}, {@code new_be_uuid}, {@code
 *     snapshot}, {@code release-notes}: those that apply
 * @param startState what was planned, or null
 * @param endState what was done, or null
 */
public record HistoryEntry(
    String client,
    String version,
    List<String> command,
    String operation,
    String user,
    int userId,
    Outcome outcome,
    String reason,
    Instant start,
    Instant end,
    SortedMap<String, String> environments,
    @Nullable String startState,
    @Nullable String endState,
    List<String> errors) {

  /** How it ended. */
  public enum Outcome {
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    CANCELED("Canceled"),
    IGNORED("Ignored");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    static Outcome of(String word) {
      for (Outcome outcome : values()) {
        if (outcome.word.equals(word)) {
          return outcome;
        }
      }
      return IGNORED;
    }
  }

  public HistoryEntry {
    command = List.copyOf(command);
    environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
    errors = List.copyOf(errors);
  }

  public Optional<String> environment(String name) {
    return Optional.ofNullable(environments.get(name));
  }

  /** This with one of the environment names set. */
  public HistoryEntry withEnvironment(String name, String value) {
    Map<String, String> more = new TreeMap<>(environments);
    more.put(name, value);
    return new HistoryEntry(
        client,
        version,
        command,
        operation,
        user,
        userId,
        outcome,
        reason,
        start,
        end,
        new TreeMap<>(more),
        startState,
        endState,
        errors);
  }
}
