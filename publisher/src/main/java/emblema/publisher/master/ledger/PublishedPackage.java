package emblema.publisher.master.ledger;

import emblema.core.fmri.Fmri;
import java.util.List;

/**
 * One package of the newest release.
 *
 * @param fmri with publisher and full version
 * @param digest what its manifest says, see {@link CanonicalActions}
 * @param marker whether it is obsolete or renamed
 * @param successors of a renamed package
 */
public record PublishedPackage(Fmri fmri, String digest, boolean marker, List<String> successors) {
  public PublishedPackage {
    successors = List.copyOf(successors);
  }

  public String stem() {
    return fmri.stem();
  }
}
