package emblema.image.solve;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import java.util.Collection;
import java.util.List;

/**
 * All packages that an image knows: those in the catalogs of its publishers and those it has
 * installed. Calls are cheap enough to be made once for each package that matters to a request.
 */
public interface Universe {

  /** The names of all known packages, each once. */
  Collection<String> stems();

  /** All known versions of a package, of all publishers, in any order; none if it is unknown. */
  List<Fmri> versions(String stem);

  /**
   * What the catalog says of one version: its {@code depend} actions and the {@code set} actions
   * for {@code pkg.obsolete}, {@code pkg.renamed}, {@code pkg.depend.*} and {@code variant.*}; more
   * {@code set} actions do no harm.
   */
  List<? extends Action> facts(Fmri fmri);
}
