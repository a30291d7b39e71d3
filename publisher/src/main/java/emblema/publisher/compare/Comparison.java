package emblema.publisher.compare;

import emblema.core.action.Action;
import emblema.core.attribute.Attributes;
import emblema.core.attribute.CodePoints;
import emblema.core.error.ConflictException;
import emblema.core.manifest.Manifest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two manifests, action by action. Actions belong together if type, key and variant tags agree: one
 * whose tags changed was removed and added (spec pkgdiff, section 2).
 */
public final class Comparison {
  private static final String VARIANT = "variant.";

  /**
   * One difference.
   *
   * @param before null for an added action
   * @param after null for a removed one
   */
  record Difference(@Nullable Action before, @Nullable Action after) {
    /** Either; the new one if there are two. */
    Action any() {
      if (after != null) {
        return after;
      }
      if (before == null) {
        throw new IllegalStateException("a difference of nothing");
      }
      return before;
    }
  }

  private Comparison() {}

  /** The lines that tell the differences; none if there are none to show. */
  public static List<String> lines(Manifest before, Manifest after, Wanted wanted) {
    List<Action> left = wanted.chosen(before);
    List<Action> right = wanted.chosen(after);
    requireSameVariants(left, right);
    DifferenceText text = new DifferenceText(wanted);
    List<String> lines = new ArrayList<>();
    for (Difference difference : differences(left, right)) {
      lines.addAll(text.lines(difference));
    }
    return lines;
  }

  private static void requireSameVariants(List<Action> left, List<Action> right) {
    Map<String, Set<String>> declared = declared(left);
    declared(right)
        .forEach(
            (name, values) -> {
              Set<String> others = declared.get(name);
              if (others != null && !others.equals(values)) {
                throw new ConflictException(
                    "the manifests support different values of '" + name + "'",
                    others + " and " + values,
                    List.of("compare one of them with '-v " + name + "=VALUE'"),
                    null);
              }
            });
  }

  static Map<String, Set<String>> declared(List<Action> actions) {
    Map<String, Set<String>> declared = new LinkedHashMap<>();
    for (Action action : actions) {
      if (action.type().word().equals("set") && action.key().startsWith(VARIANT)) {
        declared
            .computeIfAbsent(action.key(), key -> new HashSet<>())
            .addAll(action.attributes().all("value"));
      }
    }
    return declared;
  }

  private static List<Difference> differences(List<Action> left, List<Action> right) {
    Map<String, Deque<Action>> waiting = new LinkedHashMap<>();
    left.forEach(
        action -> waiting.computeIfAbsent(key(action), k -> new ArrayDeque<>()).add(action));
    List<Difference> found = new ArrayList<>();
    for (Action action : right) {
      Deque<Action> same = waiting.get(key(action));
      if (same == null || same.isEmpty()) {
        found.add(new Difference(null, action));
      } else {
        // an equal one first, so that of several with one key the others pair up
        Action partner = same.contains(action) ? action : same.getFirst();
        same.removeFirstOccurrence(partner);
        if (!partner.equals(action)) {
          found.add(new Difference(partner, action));
        }
      }
    }
    waiting.values().forEach(rest -> rest.forEach(a -> found.add(new Difference(a, null))));
    found.sort(Comparator.comparing(Difference::any, Comparison::order));
    return found;
  }

  private static String key(Action action) {
    StringBuilder key = new StringBuilder(action.type().word());
    String attribute = action.type().keyAttribute();
    Attributes attributes = action.attributes();
    if (attribute != null) {
      attributes.all(attribute).forEach(value -> key.append('\0').append(value));
    }
    for (String name : attributes.names()) {
      if (name.startsWith(VARIANT)) {
        key.append('\1').append(name).append(attributes.all(name));
      }
    }
    return key.toString();
  }

  /** By key where the key is the same attribute, else by type; lists behind texts. */
  private static int order(Action one, Action other) {
    String key = one.type().keyAttribute();
    if (key == null || !key.equals(other.type().keyAttribute())) {
      int order = one.type().compareTo(other.type());
      return order != 0 ? order : CodePoints.compare(one.toString(), other.toString());
    }
    List<String> left = one.attributes().all(key);
    List<String> right = other.attributes().all(key);
    int order = Boolean.compare(left.size() > 1, right.size() > 1);
    for (int i = 0; order == 0 && i < Math.min(left.size(), right.size()); i++) {
      order = CodePoints.compare(left.get(i), right.get(i));
    }
    return order != 0 ? order : one.type().compareTo(other.type());
  }
}
