package emblema.image.plan;

import emblema.core.fmri.Fmri;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A package that comes, goes or changes its version.
 *
 * @param before the installed version, or null
 * @param after the version that comes, or null
 */
public record PackageStep(@Nullable Fmri before, @Nullable Fmri after) {
  public boolean isInstall() {
    return before == null;
  }

  public boolean isRemoval() {
    return after == null;
  }

  public boolean isUpdate() {
    return before != null && after != null;
  }

  public String stem() {
    return Objects.requireNonNull(after == null ? before : after).stem();
  }
}
