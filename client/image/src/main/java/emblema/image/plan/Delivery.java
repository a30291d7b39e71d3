package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;

/** An action of the future image and the package that delivers it. */
record Delivery(Fmri owner, Action action) {}
