package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;

/** An action of an installed package that the future image does not have. */
record Removal(Fmri owner, Action action) {}
