package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is asked of the solver, with names already resolved to versions (see {@link Matching}).
 *
 * @param kind what the operation is, which decides preferences
 * @param proposed by stem, the versions of which one must be in the result
 * @param rejected stems that must not be in the result
 */
public record Request(Kind kind, Map<String, Set<Fmri>> proposed, Set<String> rejected) {

  public enum Kind {
    /** Named packages as new as possible, everything else unchanged where possible. */
    INSTALL,
    /** Everything as new as possible. */
    UPDATE_ALL,
    /** The rejected ones go, nothing else changes. */
    UNINSTALL
  }

  public Request {
    proposed = new TreeMap<>(proposed);
    rejected = new TreeSet<>(rejected);
  }
}
