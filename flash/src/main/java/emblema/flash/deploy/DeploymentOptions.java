package emblema.flash.deploy;

import emblema.flash.reset.RootPassword;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the user wants of a deployment; the keywords of a profile (spec flash-scripts, 4.1) and
 * more.
 *
 * @param skipped checks that are not made
 * @param force new files on a clone are deleted, a full archive goes into a directory that is not
 *     empty
 * @param runScripts whether the scripts in the archive are run
 * @param scriptTimeout of each script; none: they may take as long as they like
 * @param localScripts a directory with {@code predeployment} and {@code postdeployment}
 * @param keepsIdentity a full archive's host-specific files are left as they are: to restore the
 *     master itself
 * @param isStrict an archive whose id does not agree is refused
 */
public record DeploymentOptions(
    Set<Check> skipped,
    boolean force,
    boolean runScripts,
    Optional<Duration> scriptTimeout,
    Optional<Path> localScripts,
    boolean keepsIdentity,
    RootPassword rootPassword,
    boolean isStrict) {

  /** Checks that can be left out. */
  public enum Check {
    /** Whether the archive says that it is for machines like this. */
    ARCHITECTURE,
    /** Whether the clone was made from the master that the differential archive was made on. */
    MASTER,
    /** Whether each file of the clone is what the manifest says. */
    CONTENT
  }

  public DeploymentOptions {
    skipped = Set.copyOf(skipped);
  }

  /** Nothing is skipped, forced or run. */
  public static final DeploymentOptions USUAL =
      new DeploymentOptions(
          Set.of(),
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          false,
          RootPassword.LOCK,
          false);

  boolean makes(Check check) {
    return !skipped.contains(check);
  }
}
