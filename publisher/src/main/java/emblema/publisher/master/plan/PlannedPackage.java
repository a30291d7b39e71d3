package emblema.publisher.master.plan;

import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * One package of a plan.
 *
 * @param fmri with publisher and full version; of an unchanged package the published one
 * @param contents makes the manifest, each time anew: manifests of a whole system do not fit in
 *     memory
 */
public record PlannedPackage(Fmri fmri, Status status, Supplier<Manifest> contents) {

  /** What becomes of the package. */
  public enum Status {
    NEW,
    CHANGED,
    UNCHANGED,
    /** Its objects are gone. */
    OBSOLETE,
    /** Its objects are in other packages now. */
    RENAMED,
    /** Was a marker before and stays one. */
    MARKER;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public String stem() {
    return fmri.stem();
  }

  /** Whether the release publishes it. */
  public boolean isPublished() {
    return status != Status.UNCHANGED && status != Status.MARKER;
  }

  /** Whether it is obsolete or renamed. */
  public boolean isMarker() {
    return status == Status.OBSOLETE || status == Status.RENAMED || status == Status.MARKER;
  }
}
