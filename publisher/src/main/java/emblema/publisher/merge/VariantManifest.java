package emblema.publisher.merge;

import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A package built for one combination of variants.
 *
 * @param variants full names, {@code variant.arch}, to values
 * @param fmri as published
 */
public record VariantManifest(SortedMap<String, String> variants, Fmri fmri, Manifest manifest) {
  public VariantManifest {
    variants = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(variants));
  }

  public VariantManifest(Map<String, String> variants, Fmri fmri, Manifest manifest) {
    this(new TreeMap<>(variants), fmri, manifest);
  }

  String value(String variant) {
    return variants.getOrDefault(variant, "");
  }

  /** The other variants. */
  SortedMap<String, String> without(String variant) {
    SortedMap<String, String> rest = new TreeMap<>(variants);
    rest.remove(variant);
    return rest;
  }
}
