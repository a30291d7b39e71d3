package emblema.store.search;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.store.file.FileRepository;
import emblema.store.http.HttpOrigin;
import emblema.store.origin.Origin;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Searches an origin in the way that suits it: a repository by its index, a depot by asking it,
 * anything else by an index made for the one search.
 */
public final class OriginSearch {
  private final InstantSource clock;
  private final EventSink events;

  public OriginSearch(InstantSource clock, EventSink events) {
    this.clock = clock;
    this.events = events;
  }

  /** Hands over what one publisher's packages have; the query is checked first. */
  public void search(Origin origin, String publisher, Search search, Consumer<SearchHit> each) {
    QueryParser.parse(search);
    switch (origin) {
      case FileRepository repository -> {
        try (RepositorySearch indexes = new RepositorySearch(repository, clock, events)) {
          indexes.searchNow(publisher, search, each);
        }
      }
      case HttpOrigin depot ->
          depot.search(
              publisher,
              search.toString(),
              line -> {
                if (!line.isEmpty() && !line.equals(SearchWire.HEADER)) {
                  SearchWire.read(line).ifPresent(each);
                }
              });
      default -> {
        IndexSource source = new OriginSource(origin, publisher);
        try (MemoryIndex index = MemoryIndex.of(source, this::warn)) {
          index.search(search, each);
        }
      }
    }
  }

  private void warn(String text) {
    events.emit(new Event.Warning(text));
  }
}
