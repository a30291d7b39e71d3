package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The change is made, but a service actuator did not finish in time. */
public final class ActuatorTimeoutException extends EmblemaException {
  public ActuatorTimeoutException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public ActuatorTimeoutException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 8;
  }
}
