package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another process holds the lock; the detail names it. */
public final class LockedException extends EmblemaException {
  public LockedException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public LockedException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 7;
  }
}
