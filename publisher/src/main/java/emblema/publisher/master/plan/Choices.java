package emblema.publisher.master.plan;

import emblema.publisher.master.cosmetic.Comparison;
import emblema.publisher.master.rule.PathGlob;
import java.util.List;

/**
 * Switches of a plan (spec master-image-diff, section 14).
 *
 * @param onExclude what becomes of a delivered path that is excluded now
 * @param acceptSuggestions take heuristic moves
 * @param resplit assign unchanged paths anew
 * @param single one package for all, or empty
 * @param rebase take what was published as the old state though the old tree differs
 * @param strict refuse device nodes and fifos
 * @param timestamps files that are delivered with their modification time
 * @param migratePackage the package whose service moves data to shared areas; empty: no dependency
 * @param allowIdDrift let accounts change their numbers
 * @param allowRemoval paths that do not count for the limit
 * @param maxRemoved percent of the delivered paths that may vanish
 * @param floor the oldest release that may update directly, or empty
 * @param comparison which differences between contents count
 * @param actuators what becomes of services whose programs changed
 */
public record Choices(
    OnExclude onExclude,
    boolean acceptSuggestions,
    boolean resplit,
    String single,
    boolean rebase,
    boolean strict,
    List<PathGlob> timestamps,
    String migratePackage,
    boolean allowIdDrift,
    List<PathGlob> allowRemoval,
    int maxRemoved,
    String floor,
    Comparison comparison,
    Actuators actuators) {

  public static final String MIGRATE_PACKAGE = "emblema-shared-migrate";

  public static final Choices DEFAULT =
      new Choices(
          OnExclude.RELEASE,
          false,
          false,
          "",
          false,
          false,
          List.of(),
          MIGRATE_PACKAGE,
          false,
          List.of(),
          5,
          "",
          Comparison.EXACT,
          Actuators.SUGGEST);

  public Choices {
    timestamps = List.copyOf(timestamps);
    allowRemoval = List.copyOf(allowRemoval);
  }

  /** Excluded is not removed (spec master-image-diff, section 5.2). */
  public enum OnExclude {
    /** Machines keep the object as it is. */
    RELEASE,
    /** Machines remove it. */
    REMOVE
  }

  /** Restarting services whose programs changed (spec master-image-diff, section 9). */
  public enum Actuators {
    /** Tell the reader of the plan. */
    SUGGEST,
    /** Say so in manifests. */
    EMIT,
    OFF
  }

  public boolean deliversTime(String path) {
    return timestamps.stream().anyMatch(glob -> glob.matches(path));
  }
}
