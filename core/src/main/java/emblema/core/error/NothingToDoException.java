package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request is already satisfied. */
public final class NothingToDoException extends EmblemaException {
  public NothingToDoException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public NothingToDoException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 4;
  }
}
