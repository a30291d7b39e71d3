package emblema.publisher.compare;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.error.UsageException;
import emblema.core.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of two manifests is compared.
 *
 * @param ignored attributes that do not count; {@code hash} is the payload
 * @param only attributes that alone count; none: all
 * @param types of the actions; none: all
 * @param variants values chosen, by full name
 * @param unsigned whether programs that differ in their signatures only are the same
 */
public record Wanted(
    Set<String> ignored,
    Set<String> only,
    Set<ActionType> types,
    Map<String, String> variants,
    boolean unsigned) {
  private static final Set<String> HASHES = Set.of("chash", "pkg.content-hash", "elfhash");
  private static final Set<String> SIZES = Set.of("pkg.size", "pkg.csize");

  public Wanted {
    Set<String> all = new HashSet<>(ignored);
    if (ignored.contains("hash")) {
      all.addAll(HASHES);
    }
    if (ignored.contains("size")) {
      all.addAll(SIZES);
    }
    if (!ignored.isEmpty()) {
      all.add("timestamp");
    }
    ignored = Set.copyOf(all);
    only = Set.copyOf(only);
    types = Set.copyOf(types);
    variants = Map.copyOf(variants);
  }

  /** Whether a difference in the attribute counts. */
  boolean counts(String attribute) {
    return only.isEmpty() ? !ignored.contains(attribute) : only.contains(attribute);
  }

  /** The actions that are compared, without the tags of chosen variants. */
  List<Action> chosen(Manifest manifest) {
    requireDeclared(manifest);
    List<Action> chosen = new ArrayList<>();
    for (Action action : manifest.actions()) {
      if ((types.isEmpty() || types.contains(action.type())) && isOfVariants(action)) {
        chosen.add(untagged(action));
      }
    }
    return chosen;
  }

  private void requireDeclared(Manifest manifest) {
    Map<String, Set<String>> declared = Comparison.declared(manifest.actions());
    variants.forEach(
        (name, value) -> {
          Set<String> values = declared.get(name);
          if (values != null && !values.contains(value)) {
            throw new UsageException(
                "a manifest does not support '" + name + "=" + value + "'",
                "it declares " + values.stream().sorted().toList());
          }
        });
  }

  private boolean isOfVariants(Action action) {
    return variants.entrySet().stream()
        .allMatch(
            chosen -> {
              List<String> tags = action.attributes().all(chosen.getKey());
              return tags.isEmpty() || tags.contains(chosen.getValue());
            });
  }

  private Action untagged(Action action) {
    Attributes attributes = action.attributes();
    Attributes plain = attributes.without(variants.keySet().toArray(String[]::new));
    String value = action.type() == ActionType.SET ? variants.get(action.key()) : null;
    if (value != null) {
      plain = plain.with("value", value);
    }
    return plain.equals(attributes) ? action : action.withAttributes(plain);
  }
}
