package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.attribute.Attributes;
import emblema.core.attribute.CodePoints;
import emblema.core.fmri.Glob;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which actions of a manifest apply to an image: its variants and facets (spec manifest, sections
 * 10 and 11).
 */
public final class Varcets {
  public static final Varcets NONE = new Varcets(Map.of(), Map.of());

  private static final String VARIANT = "variant.";
  private static final String FACET = "facet.";

  private final Map<String, String> variants;
  private final Map<String, Boolean> inheritedFacets;
  private final Map<String, Boolean> facets;
  private final List<String> inheritedPatterns;
  private final List<String> patterns;

  /**
   * @param variants full names to values, for example {@code variant.arch} to {@code i386}
   * @param facets full names or patterns to on or off, for example {@code facet.doc.*} to false
   */
  public Varcets(Map<String, String> variants, Map<String, Boolean> facets) {
    this(variants, Map.of(), facets);
  }

  /**
   * @param inheritedFacets those of a parent image, which come before the image's own
   */
  public Varcets(
      Map<String, String> variants,
      Map<String, Boolean> inheritedFacets,
      Map<String, Boolean> facets) {
    this.variants = Map.copyOf(variants);
    this.inheritedFacets = Map.copyOf(inheritedFacets);
    this.facets = Map.copyOf(facets);
    this.inheritedPatterns = patterns(inheritedFacets);
    this.patterns = patterns(facets);
  }

  public Map<String, String> variants() {
    return variants;
  }

  /** The image's own facets. */
  public Map<String, Boolean> facets() {
    return facets;
  }

  public Map<String, Boolean> inheritedFacets() {
    return inheritedFacets;
  }

  /** Whether the action is installed in the image: variants and facets both allow it. */
  public boolean admits(Action action) {
    Attributes attributes = action.attributes();
    if (!attributes.hasNameFrom(VARIANT) && !attributes.hasNameFrom(FACET)) {
      return true;
    }
    boolean any = false;
    boolean anyIsOn = false;
    for (String name : attributes.names()) {
      if (name.startsWith(VARIANT)) {
        if (!admitsVariant(name, attributes)) {
          return false;
        }
      } else if (name.startsWith(FACET)) {
        boolean on = isOn(name);
        if (attributes.is(name, "all")) {
          if (!on) {
            return false;
          }
        } else {
          any = true;
          anyIsOn |= on;
        }
      }
    }
    return !any || anyIsOn;
  }

  /** A list never equals; a variant that the image lacks is one that is off. */
  private boolean admitsVariant(String name, Attributes attributes) {
    if (attributes.count(name) != 1) {
      return false;
    }
    String value = attributes.get(name, "");
    String own = variants.get(name);
    return own == null ? value.startsWith("false") : own.equals(value);
  }

  /** The image's value of a facet: exact entries, then patterns, then the default. */
  public boolean isOn(String facet) {
    Boolean exact = inheritedFacets.get(facet);
    if (exact == null) {
      exact = facets.get(facet);
    }
    if (exact == null) {
      exact = byPattern(facet, inheritedPatterns, inheritedFacets);
    }
    if (exact == null) {
      exact = byPattern(facet, patterns, facets);
    }
    return exact != null
        ? exact
        : !facet.startsWith("facet.debug.") && !facet.startsWith("facet.optional.");
  }

  private static @Nullable Boolean byPattern(
      String facet, List<String> patterns, Map<String, Boolean> values) {
    for (String pattern : patterns) {
      if (Glob.matches(pattern, facet)) {
        return values.get(pattern);
      }
    }
    return null;
  }

  /** Longer names first, equal lengths in code-point order. */
  private static List<String> patterns(Map<String, Boolean> facets) {
    return facets.keySet().stream()
        .sorted(
            Comparator.comparingInt((String name) -> -name.codePointCount(0, name.length()))
                .thenComparing(CodePoints.ORDER))
        .toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Varcets that
        && variants.equals(that.variants)
        && inheritedFacets.equals(that.inheritedFacets)
        && facets.equals(that.facets);
  }

  @Override
  public int hashCode() {
    return variants.hashCode() * 31 + facets.hashCode();
  }

  @Override
  public String toString() {
    return new TreeMap<>(variants) + " " + new TreeMap<>(facets);
  }
}
