package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Permission is missing. */
public final class AccessException extends EmblemaException {
  public AccessException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public AccessException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 51;
  }
}
