package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two objects, or an object and the request, contradict each other. */
public final class ConflictException extends EmblemaException {
  public ConflictException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public ConflictException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
