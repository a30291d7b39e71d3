package emblema.publisher.lint;

import emblema.core.action.Action;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Under which variants several actions are installed together. */
final class VariantOverlap {
  private static final String VARIANT = "variant.";

  private VariantOverlap() {}

  /**
   * For each pair that meets, under what: empty text for always. Sorted.
   *
   * @param actions that claim the same thing
   */
  static Set<String> of(List<Action> actions) {
    TreeSet<String> overlaps = new TreeSet<>();
    for (int i = 0; i < actions.size(); i++) {
      for (int j = i + 1; j < actions.size(); j++) {
        if (meet(actions.get(i), actions.get(j))) {
          overlaps.addAll(together(actions.get(i), actions.get(j)));
        }
      }
    }
    return overlaps;
  }

  static boolean meet(Action one, Action other) {
    for (String name : one.attributes().names()) {
      if (name.startsWith(VARIANT) && other.attributes().has(name)) {
        Set<String> values = new LinkedHashSet<>(one.attributes().all(name));
        values.retainAll(other.attributes().all(name));
        if (values.isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  private static Set<String> together(Action one, Action other) {
    TreeMap<String, Set<String>> tags = new TreeMap<>();
    for (Action action : List.of(one, other)) {
      for (String name : action.attributes().names()) {
        if (name.startsWith(VARIANT)) {
          Set<String> values = new TreeSet<>(action.attributes().all(name));
          tags.merge(
              name,
              values,
              (known, more) -> {
                Set<String> both = new TreeSet<>(known);
                both.retainAll(more);
                return both;
              });
        }
      }
    }
    Set<String> combinations = new TreeSet<>(Set.of(""));
    tags.forEach(
        (name, values) -> {
          Set<String> longer = new TreeSet<>();
          for (String start : combinations) {
            values.forEach(
                value -> longer.add((start.isEmpty() ? "" : start + ", ") + name + "=" + value));
          }
          combinations.clear();
          combinations.addAll(longer);
        });
    return combinations;
  }
}
