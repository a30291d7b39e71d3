package emblema.store.publication;

import emblema.core.event.EventSink;
import java.time.InstantSource;

/**
 * How a publication is made.
 *
 * @param clock gives packages their timestamps and the catalog its times
 * @param events told what happens
 * @param catalogued whether the packages enter the catalog now; otherwise a refresh adds them
 * @param threads how many payloads are compressed at once
 */
public record PublicationOptions(
    InstantSource clock, EventSink events, boolean catalogued, int threads) {

  /** Catalogued, silent, all processors. */
  public static PublicationOptions of(InstantSource clock) {
    return new PublicationOptions(
        clock, EventSink.QUIET, true, Runtime.getRuntime().availableProcessors());
  }

  public PublicationOptions withEvents(EventSink sink) {
    return new PublicationOptions(clock, sink, catalogued, threads);
  }

  public PublicationOptions withoutCatalog() {
    return new PublicationOptions(clock, events, false, threads);
  }
}
