package emblema.image.change;

import java.util.Optional;

/**
 * What a user wants of boot environments (spec client-cli, section 3.2).
 *
 * @param newEnvironment whether to make a new one; nothing: as policy and plan say
 * @param backup whether to keep a copy when working in place; nothing: as policy and plan say
 * @param activate whether a new one is started at the next boot
 * @param name of a new one
 * @param backupName of the copy
 */
public record EnvironmentWish(
    Optional<Boolean> newEnvironment,
    Optional<Boolean> backup,
    boolean activate,
    Optional<String> name,
    Optional<String> backupName) {
  public static final EnvironmentWish NONE =
      new EnvironmentWish(
          Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty());

  boolean isNaming() {
    return name.isPresent() || backupName.isPresent();
  }
}
