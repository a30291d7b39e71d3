package emblema.publisher.master;

import emblema.publisher.master.cosmetic.Comparison;
import emblema.publisher.master.plan.Choices;
import java.util.List;
import java.util.function.UnaryOperator;

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
        c.floor(),
        c.comparison(),
        c.actuators());
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
        c.floor(),
        c.comparison(),
        c.actuators());
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
        c.floor(),
        c.comparison(),
        c.actuators());
  }

  static UnaryOperator<Choices> compare(Comparison comparison) {
    return c ->
        new Choices(
            c.onExclude(),
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
            c.floor(),
            comparison,
            c.actuators());
  }

  static UnaryOperator<Choices> actuators(Choices.Actuators actuators) {
    return c ->
        new Choices(
            c.onExclude(),
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
            c.floor(),
            c.comparison(),
            actuators);
  }

  static UnaryOperator<Choices> floor(String release) {
    return c ->
        new Choices(
            c.onExclude(),
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
            release,
            c.comparison(),
            c.actuators());
  }
}
