package emblema.image.change;

import emblema.image.plan.EditableChanges;
import emblema.image.plan.EnvironmentChoice;
import emblema.image.plan.Plan;
import emblema.image.plan.PlannedLicence;
import emblema.image.plan.Planner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan with all that a user wants to see of it before it is carried out.
 *
 * @param environmentName of the new environment or of the backup, if one is made
 * @param otherNext the environment that is started next instead of the live one
 * @param freeBytes on the image's file system
 * @param licenceTexts for the licences that must be shown
 * @param noteLines text of the release notes
 * @param stateAt what the image's state bore when the plan was made
 */
public record PlannedChange(
    Planner.Choice choice,
    Plan plan,
    boolean isLive,
    EnvironmentChoice place,
    Optional<String> environmentName,
    Optional<String> otherNext,
    long freeBytes,
    EditableChanges editable,
    Map<PlannedLicence, String> licenceTexts,
    List<String> noteLines,
    Instant stateAt) {
  public PlannedChange {
    licenceTexts = Map.copyOf(licenceTexts);
    noteLines = List.copyOf(noteLines);
  }
}
