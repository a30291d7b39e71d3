package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** No set of packages satisfies the request; the detail explains why in sentences. */
public final class ConstrainedException extends EmblemaException {
  public ConstrainedException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public ConstrainedException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 9;
  }
}
