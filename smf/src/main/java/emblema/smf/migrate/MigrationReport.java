package emblema.smf.migrate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run did, in figures.
 *
 * @param leftovers the first hundred
 * @param notes changes that had a remark, for example metadata that could not be applied
 * @param storageFailures objects that a file system refused (damaged, full, read-only)
 */
public record MigrationReport(
    Map<Outcome, Long> counts, List<Change> leftovers, long notes, int storageFailures) {
  public MigrationReport {
    EnumMap<Outcome, Long> copy = new EnumMap<>(Outcome.class);
    copy.putAll(counts);
    counts = copy;
    leftovers = List.copyOf(leftovers);
  }

  public static MigrationReport nothing() {
    return new MigrationReport(Map.of(), List.of(), 0, 0);
  }

  public long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** Whether anything changed, or would. */
  public boolean isChange() {
    return counts.keySet().stream().anyMatch(outcome -> !outcome.isLeftover());
  }

  public boolean hasLeftovers() {
    return counts.keySet().stream().anyMatch(Outcome::isLeftover);
  }
}
