package emblema.store.catalog;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which actions of a manifest a catalog repeats, and in which part (section 7). */
final class ActionRouting {
  static final String BASE = "catalog.base.C";
  static final String DEPENDENCY = "catalog.dependency.C";
  static final String SUMMARY = "catalog.summary.C";

  private static final List<String> DEPENDENCY_PREFIXES =
      List.of("variant", "facet", "pkg.depend.");
  private static final List<String> DEPENDENCY_NAMES =
      List.of("pkg.obsolete", "pkg.renamed", "pkg.legacy");
  private static final List<String> NOWHERE_NAMES = List.of("fmri", "pkg.fmri", "publisher");
  private static final List<String> NOWHERE_PREFIXES =
      List.of("info.source-url", "pkg.debug", "pkg.linted");

  /** The text becomes part of a file name; what cannot be one belongs to no locale. */
  private static final Pattern LOCALE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_@.-]{0,63}");

  private final List<String> dependencies = new ArrayList<>();
  private final SortedMap<String, List<String>> sets = new TreeMap<>();

  /** Takes the next action of the manifest. */
  void take(Action action) {
    switch (action) {
      case DependAction depend -> dependencies.add(ActionWriter.write(depend));
      case SetAction set ->
          part(set.name())
              .ifPresent(
                  part ->
                      sets.computeIfAbsent(part, ignored -> new ArrayList<>())
                          .add(ActionWriter.write(set)));
      default -> {}
    }
  }

  /** Part name to action texts: all depends before all sets; parts without actions are absent. */
  SortedMap<String, List<String>> parts() {
    SortedMap<String, List<String>> parts = new TreeMap<>(sets);
    if (!dependencies.isEmpty()) {
      List<String> all = new ArrayList<>(dependencies);
      all.addAll(parts.getOrDefault(DEPENDENCY, List.of()));
      parts.put(DEPENDENCY, all);
    }
    return parts;
  }

  private static Optional<String> part(String name) {
    if (DEPENDENCY_NAMES.contains(name) || startsWithAny(name, DEPENDENCY_PREFIXES)) {
      return Optional.of(DEPENDENCY);
    }
    if (NOWHERE_NAMES.contains(name) || startsWithAny(name, NOWHERE_PREFIXES)) {
      return Optional.empty();
    }
    int colon = name.indexOf(':');
    if (colon < 0) {
      return Optional.of(SUMMARY);
    }
    int second = name.indexOf(':', colon + 1);
    String locale = name.substring(colon + 1, second < 0 ? name.length() : second);
    return Optional.of(LOCALE.matcher(locale).matches() ? "catalog.summary." + locale : SUMMARY);
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
