package emblema.publisher.cli;

import emblema.core.error.ConflictException;
import emblema.publisher.master.plan.Plan;

/** The check that two plans of one input are the same (spec master-image-diff, section 11). */
final class Reproducible {
  private Reproducible() {}

  static void check(Plan one, Plan other) {
    if (!one.digest().equals(other.digest())) {
      throw new ConflictException(
          "two plans of the same trees differ",
          "a tree may be changing: stop what writes to it",
          "otherwise please report this as a bug");
    }
  }
}
