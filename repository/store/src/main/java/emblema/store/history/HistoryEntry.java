package emblema.store.history;

import emblema.core.fmri.Fmri;
import java.time.Instant;
import java.util.List;

/**
 * One change of a publisher's packages.
 *
 * @param state names the state after the change: the commit, 40 hex digits
 * @param when it happened, by the catalog
 * @param added packages, or replaced ones
 * @param removed packages
 */
public record HistoryEntry(String state, Instant when, List<Fmri> added, List<Fmri> removed) {
  public HistoryEntry {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }
}
