package emblema.image.solve;

import java.util.List;

/**
 * Why a version is out of the question before any solving.
 *
 * @param reason a sentence
 * @param causes versions whose own rejection led to this one
 */
record Rejection(Kind kind, String reason, List<Candidate> causes) {
  /** Kinds that a short explanation leaves out say nothing that the user could act on. */
  enum Kind {
    OLDER_THAN_INSTALLED,
    NOT_REQUESTED,
    BINDING;

    boolean isTelling() {
      return this == BINDING;
    }
  }
}
