package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Part of what was asked succeeded. */
public final class PartialException extends EmblemaException {
  public PartialException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public PartialException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 3;
  }
}
