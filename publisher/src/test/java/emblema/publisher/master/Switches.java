package emblema.publisher.master;

import emblema.publisher.master.plan.Choices;
import java.util.List;

/** Choices with one switch turned. */
final class Switches {
  private Switches() {}

  static Choices allowIdDrift(Choices c) {
    return new Choices(
        c.onExclude(),
        c.acceptSuggestions(),
        c.resplit(),
        c.single(),
        c.rebase(),
        c.strict(),
        c.timestamps(),
        c.migratePackage(),
        true,
        c.allowRemoval(),
        c.maxRemoved(),
        c.floor());
  }

  static Choices removeAnything(Choices c) {
    return new Choices(
        c.onExclude(),
        c.acceptSuggestions(),
        c.resplit(),
        c.single(),
        c.rebase(),
        c.strict(),
        c.timestamps(),
        c.migratePackage(),
        c.allowIdDrift(),
        List.of(),
        100,
        c.floor());
  }

  static Choices removeExcluded(Choices c) {
    return new Choices(
        Choices.OnExclude.REMOVE,
        c.acceptSuggestions(),
        c.resplit(),
        c.single(),
        c.rebase(),
        c.strict(),
        c.timestamps(),
        c.migratePackage(),
        c.allowIdDrift(),
        c.allowRemoval(),
        c.maxRemoved(),
        c.floor());
  }
}
