package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.publisher.master.rule.Rules;
import emblema.publisher.master.split.PackageHints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code set} actions of packages: from rules, else from the package database in the tree. */
final class PackageMetadata {
  private static final String CATEGORIES = "org.opensolaris.category.2008:";
  private static final String DEBIAN = "debian/";

  private final Rules rules;
  private final PackageHints database;
  private final String family;

  PackageMetadata(Rules rules, PackageHints database, String family) {
    this.rules = rules;
    this.database = database;
    this.family = family;
  }

  List<Action> header(String stem) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    rules
        .meta(stem)
        .forEach(
            (key, each) ->
                values.put(name(key), each.stream().map(value -> value(key, value)).toList()));
    if (stem.startsWith(DEBIAN)) {
      database
          .description(stem.substring(DEBIAN.length()))
          .ifPresent(
              description -> {
                values.putIfAbsent("pkg.summary", List.of(description.summary()));
                values.putIfAbsent("pkg.human-version", List.of(description.version()));
              });
    }
    values.putIfAbsent("pkg.summary", List.of(stem + " of " + family));
    List<Action> actions = new ArrayList<>();
    values.keySet().stream()
        .sorted(
            java.util.Comparator.comparing((String key) -> !key.equals("pkg.summary"))
                .thenComparing(key -> key))
        .forEach(
            key ->
                actions.add(
                    Draft.set(key, values.getOrDefault(key, List.of()).toArray(new String[0]))));
    return actions;
  }

  private static String name(String key) {
    return switch (key) {
      case "summary", "description", "human-version" -> "pkg." + key;
      case "classification" -> "info.classification";
      default -> key;
    };
  }

  private static String value(String key, String value) {
    boolean category = key.equals("classification") && !value.contains(":");
    return category ? CATEGORIES + value : value;
  }
}
