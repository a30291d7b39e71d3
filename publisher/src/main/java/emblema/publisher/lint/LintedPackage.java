package emblema.publisher.lint;

import emblema.core.action.Action;
import emblema.core.action.SetAction;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A package and what it says of itself.
 *
 * @param reference whether it is only compared with
 */
public record LintedPackage(Fmri fmri, Manifest manifest, boolean reference) {

  /** Values of a {@code set}, none if there is no such. */
  List<String> values(String name) {
    return manifest
        .actions(SetAction.class)
        .filter(set -> set.name().equals(name))
        .flatMap(set -> set.values().stream())
        .toList();
  }

  boolean isObsolete() {
    return values("pkg.obsolete").contains("true");
  }

  boolean isRenamed() {
    return values("pkg.renamed").contains("true");
  }

  /** Variants with the values that the package supports. */
  Map<String, Set<String>> variants() {
    Map<String, Set<String>> variants = new LinkedHashMap<>();
    manifest
        .actions(SetAction.class)
        .filter(set -> set.name().startsWith("variant."))
        .forEach(
            set ->
                variants
                    .computeIfAbsent(set.name(), key -> new LinkedHashSet<>())
                    .addAll(set.values()));
    return variants;
  }

  /** An action of a package. */
  record Delivered(LintedPackage by, Action action) {}
}
