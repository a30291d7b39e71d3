package emblema.image.solve;

import emblema.core.fmri.Version;

/**
 * A package that must stay at a version (spec planner-solver, sections 2.4 and 4.4).
 *
 * @param version part by part over the parts it has
 * @param comment the user's reason, possibly empty
 */
public record Freeze(String stem, Version version, String comment) {}
