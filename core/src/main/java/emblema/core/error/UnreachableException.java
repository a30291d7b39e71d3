package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A repository or service cannot be reached; the detail has a line an origin. */
public final class UnreachableException extends EmblemaException {
  public UnreachableException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public UnreachableException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
