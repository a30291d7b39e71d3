package emblema.core.fmri;

import org.jspecify.annotations.Nullable;

/**
 * The start of an FMRI's text: its scheme and publisher (spec fmri-version, 5.1, steps 3 to 5).
 *
 * @param scheme whether there was a scheme or a leading slash
 * @param publisher null where there is none
 * @param name what is left; null where the slash after the publisher is missing
 */
record FmriParts(boolean scheme, @Nullable String publisher, @Nullable String name) {

  /**
   * @param text without the version
   */
  static FmriParts split(String text) {
    String authority =
        text.startsWith("pkg://")
            ? text.substring(6)
            : text.startsWith("//") ? text.substring(2) : null;
    if (authority != null) {
      int slash = authority.indexOf('/');
      if (slash < 0) {
        return new FmriParts(true, null, null);
      }
      String publisher = slash == 0 ? null : authority.substring(0, slash);
      return new FmriParts(true, publisher, authority.substring(slash + 1));
    }
    if (text.startsWith("pkg:/")) {
      return new FmriParts(true, null, text.substring(5));
    }
    if (text.startsWith("/")) {
      return new FmriParts(true, null, text.substring(1));
    }
    return new FmriParts(false, null, text);
  }
}
