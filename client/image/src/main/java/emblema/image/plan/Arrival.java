package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import org.jspecify.annotations.Nullable;

/**
 * An action that the future image has and the present one has not, or has otherwise.
 *
 * @param before what it replaces, or null
 * @param setAside the name under which the old file is kept until its new place is ready, or null
 */
record Arrival(
    Fmri owner,
    Transition transition,
    @Nullable Action before,
    Action after,
    @Nullable String setAside) {

  boolean isUpdate() {
    return before != null && setAside == null;
  }

  Arrival replacing(Action earlier) {
    return new Arrival(owner, transition, earlier, after, null);
  }
}
