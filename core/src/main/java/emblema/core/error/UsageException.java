package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line, or an option in it, makes no sense. */
public final class UsageException extends EmblemaException {
  public UsageException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public UsageException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 2;
  }
}
