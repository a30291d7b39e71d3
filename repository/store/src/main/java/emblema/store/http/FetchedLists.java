package emblema.store.http;

import emblema.core.error.EmblemaException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.sign.RevocationList;
import emblema.core.sign.RevocationSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Revocation lists, each fetched once and kept in memory. One that cannot be had is warned of: the
 * certificates that name it count as not revoked.
 */
public final class FetchedLists implements RevocationSource {
  private final SmallDownload download;
  private final EventSink events;
  private final Map<String, Optional<RevocationList>> asked = new ConcurrentHashMap<>();

  public FetchedLists(SmallDownload download, EventSink events) {
    this.download = download;
    this.events = events;
  }

  @Override
  public Optional<RevocationList> list(String uri) {
    return asked.computeIfAbsent(uri, this::fetch);
  }

  private Optional<RevocationList> fetch(String uri) {
    try {
      return Optional.of(RevocationList.read(download.get(uri), uri));
    } catch (EmblemaException e) {
      String detail = e.detail().map(text -> ": " + text).orElse("");
      events.emit(
          new Event.Warning(
              "a revocation list cannot be had, and nothing counts as revoked by it: "
                  + e.getMessage()
                  + detail));
      return Optional.empty();
    }
  }
}
