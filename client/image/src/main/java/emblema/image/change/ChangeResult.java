package emblema.image.change;

import emblema.image.apply.Applied;
import java.util.Optional;

/**
 * What an operation did.
 *
 * @param newEnvironment the name of the environment that it was done in, if that is a new one
 * @param source the environment that was copied, if any
 * @param backup the name of the copy that was kept, if any
 * @param activated whether the new environment is started at the next boot
 */
public record ChangeResult(
    Applied applied,
    Optional<String> newEnvironment,
    Optional<String> source,
    Optional<String> backup,
    boolean activated) {}
