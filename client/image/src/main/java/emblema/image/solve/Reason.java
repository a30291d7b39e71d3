package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.List;

/** What a clause says of packages, for explanations. */
sealed interface Reason {

  /** The package was asked for: one of these versions. */
  record Wanted(String stem) implements Reason {}

  /** The package is installed and nobody asked to remove it. */
  record Kept(String stem) implements Reason {}

  /** Two versions of one package cannot be installed together. */
  record Single(String stem) implements Reason {}

  /** An auxiliary fact about "some version of the package". */
  record Presence(String stem) implements Reason {}

  /** A version needs one of several. */
  record Needs(Candidate who, Dependency dependency, List<Candidate> satisfying)
      implements Reason {}

  /** A version needs something as long as another one is there. */
  record NeedsWith(
      Candidate who, Candidate predicate, Dependency dependency, List<Candidate> satisfying)
      implements Reason {}

  /** A version does not tolerate another. */
  record Excludes(Candidate who, Dependency dependency, Candidate excluded) implements Reason {}

  /** A version older than the installed one comes only with one that incorporates it. */
  record GoesBack(Candidate older, List<Candidate> asking) implements Reason {}

  /** The request is to find something newer than this. */
  record Newer(Fmri installed) implements Reason {}
}
