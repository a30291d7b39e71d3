package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A licence must be accepted first. */
public final class LicenceException extends EmblemaException {
  public LicenceException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public LicenceException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 6;
  }
}
