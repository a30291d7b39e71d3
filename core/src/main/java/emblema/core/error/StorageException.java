package emblema.core.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file system refused: full, read-only, broken; always names the path. */
public final class StorageException extends EmblemaException {
  public StorageException(String message, String... hints) {
    this(message, null, List.of(hints), null);
  }

  public StorageException(
      String message, @Nullable String detail, List<String> hints, @Nullable Throwable cause) {
    super(message, detail, hints, cause);
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
