package emblema.depot.web;

import emblema.core.fmri.Fmri;
import java.util.Optional;

/**
 * A version of a package and what it changed.
 *
 * @param before the version before it; nothing for the first
 * @param counts of what differs from that one, where it was worked out
 */
public record HistoryStep(Fmri fmri, Optional<Fmri> before, Optional<Comparison.Counts> counts) {}
