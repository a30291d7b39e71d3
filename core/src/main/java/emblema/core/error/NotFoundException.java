package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A named object does not exist. */
public final class NotFoundException extends EmblemaException {
  public NotFoundException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public NotFoundException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
