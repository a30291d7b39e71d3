package emblema.core.manifest;

import emblema.core.action.Action;
import java.util.Map;

/**
 * Which actions of a manifest apply to an image: its variants and facets (spec manifest, sections 10
 * and 11).
 *
 * @param variants full names to values, for example {@code variant.arch} to {@code i386}
 * @param facets full names or patterns to on or off, for example {@code facet.doc.*} to false
 */
public record Varcets(Map<String, String> variants, Map<String, Boolean> facets) {
  public static final Varcets NONE = new Varcets(Map.of(), Map.of());

  public Varcets {
    variants = Map.copyOf(variants);
    facets = Map.copyOf(facets);
  }

  public boolean admits(Action action) {
    throw new UnsupportedOperationException("not yet");
  }
}
