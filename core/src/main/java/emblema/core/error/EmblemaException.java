package emblema.core.error;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any failure that is not a bug. The message says what failed and on what (lower-case start, no
 * full stop, objects quoted); the detail says why, as one or more lines; the hints say what to do.
 *
 * <p>The exit code belongs to the type (spec client-cli, section 2). What is not an {@code
 * EmblemaException} is a bug and ends a command with 99 and a report file.
 */
public abstract sealed class EmblemaException extends RuntimeException
    permits UsageException,
        NothingToDoException,
        NotLiveException,
        LicenceException,
        LockedException,
        ActuatorTimeoutException,
        ConstrainedException,
        AccessException,
        PartialException,
        NotFoundException,
        ConflictException,
        IntegrityException,
        UnreachableException,
        MalformedException,
        StorageException,
        UntrustedException {

  private final transient @Nullable String detail;
  private final transient List<String> hints;

  protected EmblemaException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, cause);
    this.detail = detail;
    this.hints = List.copyOf(hints);
  }

  /** Why it failed: one or more lines, or nothing when the message says it all. */
  public final Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  /** What the reader can do about it, each a sentence without a full stop. */
  public final List<String> hints() {
    return hints == null ? List.of() : hints;
  }

  /** The status with which a command that fails with this error exits. */
  public abstract int exitCode();
}
