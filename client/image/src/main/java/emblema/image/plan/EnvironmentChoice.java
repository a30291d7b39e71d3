package emblema.image.plan;

import emblema.core.error.NotLiveException;
import java.util.Optional;

/** Where a plan is carried out (spec boot-environments, section 3). */
public enum EnvironmentChoice {
  /** In the image as it is. */
  IN_PLACE,
  /** In the image, after a copy of its environment was made. */
  IN_PLACE_WITH_BACKUP,
  /** In a new environment, a copy of the present one. */
  NEW;

  /** The image property {@code be-policy}; {@code default} means {@link #CREATE_BACKUP}. */
  public enum Policy {
    CREATE_BACKUP,
    ALWAYS_NEW,
    WHEN_REQUIRED;

    /** Unknown words count as the default. */
    public static Policy of(String word) {
      return switch (word) {
        case "always-new" -> ALWAYS_NEW;
        case "when-required" -> WHEN_REQUIRED;
        default -> CREATE_BACKUP;
      };
    }
  }

  /**
   * @param isLive whether the image is the active environment of its machine
   * @param newWanted from {@code --require-new-be}, {@code --be-name}, {@code --deny-new-be};
   *     nothing if the user left it open
   * @param backupWanted from the options for backups
   * @throws NotLiveException (exit status 5) if a new environment is needed and was denied
   */
  public static EnvironmentChoice decide(
      boolean isLive,
      Optional<Boolean> newWanted,
      Optional<Boolean> backupWanted,
      Policy policy,
      Plan plan) {
    return decide(
        isLive, newWanted, backupWanted, policy, plan.isRebootNeeded(), plan.isUpdating());
  }

  static EnvironmentChoice decide(
      boolean isLive,
      Optional<Boolean> newWanted,
      Optional<Boolean> backupWanted,
      Policy policy,
      boolean rebootNeeded,
      boolean updating) {
    if (!isLive) {
      return IN_PLACE;
    }
    if (newWanted.equals(Optional.of(false)) && rebootNeeded) {
      throw new NotLiveException(
          "the requested operation cannot be performed on the live image",
          "the plan changes content that needs a reboot: allow a new boot environment (leave out"
              + " --deny-new-be)");
    }
    if (newWanted.orElse(policy == Policy.ALWAYS_NEW || rebootNeeded)) {
      return NEW;
    }
    return backupWanted.orElse(policy == Policy.CREATE_BACKUP && updating)
        ? IN_PLACE_WITH_BACKUP
        : IN_PLACE;
  }
}
