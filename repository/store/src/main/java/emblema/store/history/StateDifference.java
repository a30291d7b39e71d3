package emblema.store.history;

import emblema.core.fmri.Fmri;
import emblema.core.manifest.ManifestDiff;
import java.util.List;
import java.util.Optional;

/**
 * What differs between two states of a publisher.
 *
 * @param changes by package, in order
 */
public record StateDifference(List<Change> changes) {
  public StateDifference {
    changes = List.copyOf(changes);
  }

  /**
   * @param fmri the package
   * @param isAdded whether the later state has it; otherwise the earlier one does
   * @param since the newest version that the earlier state had, for an added one
   * @param actions what that version's actions became
   */
  public record Change(
      Fmri fmri, boolean isAdded, Optional<Fmri> since, Optional<ManifestDiff> actions) {}
}
