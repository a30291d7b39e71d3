package emblema.publisher.master.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Facets by place, when no rule gives any (spec master-image-diff, section 7.3; pkgmogrify, section
 * 8).
 */
final class StandardFacets {
  private static final Pattern LOCALE = Pattern.compile("usr/share/locale/([A-Za-z_@.-]+)/.+");

  private StandardFacets() {}

  static Optional<String> of(String path) {
    if (path.startsWith("usr/share/man/")) {
      return Optional.of("doc.man");
    }
    if (path.startsWith("usr/share/info/")) {
      return Optional.of("doc.info");
    }
    if (path.startsWith("usr/share/doc/")) {
      return Optional.of("doc");
    }
    if (path.startsWith("usr/include/") || isForBuilding(path)) {
      return Optional.of("devel");
    }
    if (!path.startsWith("usr/share/locale/")) {
      return Optional.empty();
    }
    Matcher locale = LOCALE.matcher(path);
    return locale.matches() && !locale.group(1).equals("C")
        ? Optional.of("locale." + locale.group(1))
        : Optional.empty();
  }

  private static boolean isForBuilding(String path) {
    String libraries = "usr/lib/";
    return path.startsWith(libraries)
        && (path.endsWith(".a") || path.indexOf("/pkgconfig/", libraries.length() - 1) >= 0);
  }
}
