package emblema.image.plan;

import emblema.core.action.LicenseAction;
import emblema.core.fmri.Fmri;
import org.jspecify.annotations.Nullable;

/**
 * A licence that a package brings (spec planner-solver 7.1).
 *
 * @param beforeOwner the version that is replaced, if it had this licence
 * @param before its licence
 */
public record PlannedLicence(
    Fmri owner, LicenseAction licence, @Nullable Fmri beforeOwner, @Nullable LicenseAction before) {

  public boolean mustAccept() {
    return is(licence, "must-accept") && !isKnown();
  }

  public boolean mustDisplay() {
    return is(licence, "must-display") && !isKnown();
  }

  /** Whether the same text had to be accepted already. */
  private boolean isKnown() {
    return before != null
        && Contents.isSame(before, licence)
        && (is(before, "must-accept") || !is(licence, "must-accept"));
  }

  private static boolean is(LicenseAction licence, String attribute) {
    return "true".equalsIgnoreCase(licence.attributes().get(attribute, ""));
  }
}
