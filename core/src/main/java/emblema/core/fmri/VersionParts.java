package emblema.core.fmri;

import org.jspecify.annotations.Nullable;

/**
 * Version text cut at its separators, each found on its own (spec fmri-version, 1.1): the first
 * {@code :}, the first {@code -} of the whole text, the first {@code ,}. What is announced by its
 * separator is present, even if empty. Separators in another order spoil a part: the release of
 * {@code 1.0-1,5.11} is {@code 1.0-1}.
 */
record VersionParts(
    String release, @Nullable String build, @Nullable String branch, @Nullable String timestamp) {

  static VersionParts split(String text) {
    int colon = text.indexOf(':');
    int dash = text.indexOf('-');
    int comma = text.indexOf(',');
    int end = text.length();
    int timeless = colon < 0 ? end : colon;
    int beforeBranch = dash < 0 ? timeless : Math.min(dash, timeless);
    return new VersionParts(
        text.substring(0, comma < 0 ? beforeBranch : comma),
        comma < 0 ? null : between(text, comma + 1, beforeBranch),
        dash < 0 ? null : between(text, dash + 1, timeless),
        colon < 0 ? null : text.substring(colon + 1));
  }

  /** Separators may stand in the wrong order; what lies between is then empty. */
  private static String between(String text, int from, int to) {
    return from <= to ? text.substring(from, to) : "";
  }
}
