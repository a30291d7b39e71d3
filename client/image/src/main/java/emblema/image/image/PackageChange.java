package emblema.image.image;

import emblema.core.fmri.Fmri;
import org.jspecify.annotations.Nullable;

/**
 * One package that an operation installed, replaced or removed.
 *
 * @param before the installed version that goes, or null
 * @param after the version that comes, or null
 * @param manual whether the user named it
 */
public record PackageChange(@Nullable Fmri before, @Nullable Fmri after, boolean manual) {
  public PackageChange {
    if (before == null && after == null) {
      throw new IllegalArgumentException("a change without packages");
    }
  }
}
