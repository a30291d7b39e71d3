package emblema.publisher.merge;

import emblema.core.action.Action;
import emblema.core.action.ActionOrder;
import emblema.core.action.ActionType;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import emblema.core.action.SignatureAction;
import emblema.core.attribute.Attributes;
import emblema.core.error.ConflictException;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestDiff;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Merges one package of several variants (spec pkgmerge, section 3): what all have stays as it is,
 * everything else is tagged with the values of those that have it. One variant after the other.
 */
public final class ManifestMerge {
  private static final String BLEND = "pkg.merge.blend";

  private ManifestMerge() {}

  /**
   * @param sources all with the same variants, each combination of values once
   * @return named like the newest of them, with its timestamp
   */
  public static Manifest merge(List<VariantManifest> sources) {
    Fmri name =
        sources.stream().map(VariantManifest::fmri).max(Comparator.naturalOrder()).orElseThrow();
    List<Action> declared = new ArrayList<>();
    declared.add(set("pkg.fmri", List.of(name.toString())));
    List<VariantManifest> left = sources.stream().map(ManifestMerge::unsigned).toList();
    TreeSet<String> variants = new TreeSet<>(sources.getFirst().variants().keySet());
    for (String variant : variants.descendingSet()) {
      declared.add(
          set(variant, sources.stream().map(each -> each.value(variant)).distinct().toList()));
      left = mergedOver(variant, left);
    }
    List<Action> all = new ArrayList<>(declared);
    all.addAll(left.getFirst().manifest().actions());
    all.sort(ActionOrder.INSTALL);
    return new Manifest(all);
  }

  private static Action set(String name, List<String> values) {
    Attributes.Builder attributes = Attributes.builder().add("name", name);
    values.forEach(value -> attributes.add("value", value));
    return Action.of(ActionType.SET, null, attributes.build());
  }

  private static VariantManifest unsigned(VariantManifest source) {
    List<Action> kept =
        source.manifest().actions().stream()
            .filter(action -> !(action instanceof SignatureAction))
            .filter(action -> !(action instanceof SetAction set && set.name().equals("pkg.fmri")))
            .toList();
    return new VariantManifest(source.variants(), source.fmri(), new Manifest(kept));
  }

  /** Those that agree in all other variants become one. */
  private static List<VariantManifest> mergedOver(String variant, List<VariantManifest> sources) {
    Map<SortedMap<String, String>, List<VariantManifest>> groups =
        sources.stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.without(variant), LinkedHashMap::new, Collectors.toList()));
    List<VariantManifest> merged = new ArrayList<>();
    groups.forEach(
        (rest, group) ->
            merged.add(
                new VariantManifest(
                    rest, group.getFirst().fmri(), new Manifest(merged(variant, group)))));
    return merged;
  }

  private static List<Action> merged(String variant, List<VariantManifest> group) {
    List<Map<List<?>, Action>> sides = new ArrayList<>();
    group.forEach(source -> sides.add(byKey(variant, source)));
    blend(variant, sides);
    List<Action> common = new ArrayList<>();
    for (Map.Entry<List<?>, Action> entry : sides.getFirst().entrySet()) {
      if (sides.stream().allMatch(side -> agrees(side.get(entry.getKey()), entry.getValue()))) {
        common.add(entry.getValue());
      }
    }
    List<List<?>> shared = common.stream().<List<?>>map(ManifestMerge::key).toList();
    List<Action> result = new ArrayList<>();
    for (int i = sides.size() - 1; i >= 0; i--) {
      Map<List<?>, Action> side = sides.get(i);
      shared.forEach(side.keySet()::remove);
      String value = group.get(i).value(variant);
      side.values()
          .forEach(
              action ->
                  result.add(action.withAttributes(action.attributes().with(variant, value))));
    }
    result.addAll(common);
    return result;
  }

  private static boolean agrees(@Nullable Action other, Action action) {
    return other != null && !ManifestDiff.isDifferent(other, action);
  }

  /** What the manifest holds for its value of the variant, the tag taken off. */
  private static Map<List<?>, Action> byKey(String variant, VariantManifest source) {
    String value = source.value(variant);
    Map<List<?>, Action> actions = new LinkedHashMap<>();
    for (Action action : source.manifest().actions()) {
      if (action instanceof SetAction set && set.name().equals(variant)) {
        if (!set.values().contains(value)) {
          throw new ConflictException(
              "package '"
                  + source.fmri()
                  + "' is tagged as not supporting "
                  + variant
                  + "="
                  + value,
              "it supports " + set.values());
        }
        continue;
      }
      List<String> tags = action.attributes().all(variant);
      if (!tags.isEmpty() && !tags.contains(value)) {
        continue;
      }
      Action plain =
          tags.isEmpty() ? action : action.withAttributes(action.attributes().without(variant));
      Action other = actions.putIfAbsent(key(plain), plain);
      if (other != null && ManifestDiff.isDifferent(other, plain)) {
        throw new ConflictException(
            "package '" + source.fmri() + "' has two different actions with one key",
            emblema.core.action.ActionWriter.write(other)
                + "\n"
                + emblema.core.action.ActionWriter.write(plain),
            List.of(),
            null);
      }
    }
    return actions;
  }

  /** Actions marked so belong to every value, whichever manifest has them. */
  private static void blend(String variant, List<Map<List<?>, Action>> sides) {
    String brief = variant.substring("variant.".length());
    for (Map<List<?>, Action> side : sides) {
      for (Map.Entry<List<?>, Action> entry : List.copyOf(side.entrySet())) {
        Attributes attributes = entry.getValue().attributes();
        List<String> marks = attributes.all(BLEND);
        if (marks.contains(variant) || marks.contains(brief)) {
          String[] rest =
              marks.stream()
                  .filter(mark -> !mark.equals(variant) && !mark.equals(brief))
                  .toArray(String[]::new);
          Action plain = entry.getValue().withAttributes(attributes.with(BLEND, rest));
          side.put(entry.getKey(), plain);
          sides.forEach(other -> other.putIfAbsent(entry.getKey(), plain));
        }
      }
    }
  }

  /** What makes two actions the same thing. */
  private static List<?> key(Action action) {
    Attributes attributes = action.attributes();
    List<Object> key = new ArrayList<>();
    key.add(action.type());
    Function<String, List<String>> sorted = name -> attributes.all(name).stream().sorted().toList();
    String attribute = action.type().keyAttribute();
    if (attribute != null) {
      key.add(sorted.apply(attribute));
    }
    if (action instanceof DependAction) {
      key.add(attributes.get("type", ""));
      key.add(attributes.get("predicate", ""));
    }
    if (attributes.has("mediator")) {
      key.add(attributes.get("mediator-version", ""));
      key.add(attributes.get("mediator-implementation", ""));
    }
    for (String name : attributes.names()) {
      if (name.startsWith("variant.")) {
        key.add(name);
        key.add(sorted.apply(name));
      }
    }
    return key;
  }
}
