package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The change needs a new boot environment, which was denied or cannot be made. */
public final class NotLiveException extends EmblemaException {
  public NotLiveException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public NotLiveException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 5;
  }
}
