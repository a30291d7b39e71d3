package emblema.smf.migrate;

import emblema.core.io.SafePath;

/**
 * An area and where its roots are on the disk.
 *
 * @param staging on the disk; so is {@code shared}
 */
record AreaPlaces(Area area, SafePath staging, SafePath shared) {
  static AreaPlaces of(Area area, Places places) {
    return new AreaPlaces(area, places.inside(area.staging()), places.shared(area.shared()));
  }

  /** A staged path as the running environment sees it. */
  String from(SafePath path) {
    return "/" + area.staging().resolve(path.relativeTo(staging));
  }

  /** A shared path as the running environment sees it. */
  String to(SafePath path) {
    return "/" + area.shared().resolve(path.relativeTo(shared));
  }

  boolean isAppendable(SafePath to) {
    return area.isAppendable(to.relativeTo(shared));
  }
}
