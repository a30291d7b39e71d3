package emblema.bootenv;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One environment at the moment it was asked for.
 *
 * @param uuid stays the same when the name changes; empty if the environment was not made by us
 * @param root its {@code /} as a directory of the running system
 * @param mountPoint where else it is mounted
 * @param isCurrent whether it runs
 * @param isNext whether it is started at the next boot
 * @param description one line, or empty
 */
public record BootEnvironment(
    String name,
    String uuid,
    Path root,
    Optional<Path> mountPoint,
    boolean isCurrent,
    boolean isNext,
    Instant created,
    String description) {

  /** The letters of {@code beadm list}: N now, R on reboot, NR both, - none. */
  public String activity() {
    String flags = (isCurrent ? "N" : "") + (isNext ? "R" : "");
    return flags.isEmpty() ? "-" : flags;
  }
}
