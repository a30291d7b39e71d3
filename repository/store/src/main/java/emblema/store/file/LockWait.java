package emblema.store.file;

import emblema.core.event.EventSink;
import java.time.Duration;

/**
 * How long others may keep the lock of a store before whoever wants it gives up.
 *
 * @param silence after so long a warning names the holder
 * @param limit after so long the work ends with an error that does
 * @param events gets the warning
 */
public record LockWait(Duration silence, Duration limit, EventSink events) {
  /** Long enough for the catalog of a large repository to be made anew. */
  public static final LockWait USUAL =
      new LockWait(Duration.ofSeconds(2), Duration.ofMinutes(10), EventSink.QUIET);

  public LockWait telling(EventSink sink) {
    return new LockWait(silence, limit, sink);
  }

  public LockWait atMost(Duration other) {
    return new LockWait(silence, other, events);
  }
}
