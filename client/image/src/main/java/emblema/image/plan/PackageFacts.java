package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.ManifestLine;
import java.util.function.Consumer;

/** The manifests that planning reads, of installed packages and of those that come. */
public interface PackageFacts {
  /**
   * Hands over all lines of a package version, of all variants and facets, in the order of its
   * manifest. A plan looks through each manifest up to four times and keeps only what changes.
   */
  void lines(Fmri fmri, Consumer<ManifestLine> each);

  /** The same as actions. */
  default void actions(Fmri fmri, Consumer<? super Action> each) {
    lines(fmri, line -> each.accept(line.action()));
  }
}
