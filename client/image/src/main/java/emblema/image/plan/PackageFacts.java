package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import java.util.function.Consumer;

/** The manifests that planning reads, of installed packages and of those that come. */
public interface PackageFacts {
  /**
   * Hands over all actions of a package version, of all variants and facets, in the order of its
   * manifest. A plan reads each manifest up to four times and keeps only what changes.
   */
  void actions(Fmri fmri, Consumer<? super Action> each);
}
