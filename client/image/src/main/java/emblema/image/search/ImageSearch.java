package emblema.image.search;

import emblema.core.error.AccessException;
import emblema.core.error.EmblemaException;
import emblema.core.error.LockedException;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.error.UnreachableException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.image.image.Endpoint;
import emblema.image.image.Image;
import emblema.image.image.PublisherConfig;
import emblema.image.transport.OriginOpener;
import emblema.image.transport.PublisherAccess;
import emblema.store.http.Access;
import emblema.store.origin.Origin;
import emblema.store.search.MemoryIndex;
import emblema.store.search.OriginSearch;
import emblema.store.search.Search;
import emblema.store.search.SearchHit;
import emblema.store.search.StoredIndex;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Searches for the user of an image. */
public final class ImageSearch {
  private final Image image;
  private final OriginOpener opener;
  private final InstantSource clock;
  private final EventSink events;

  public ImageSearch(Image image, OriginOpener opener, InstantSource clock, EventSink events) {
    this.image = image;
    this.opener = opener;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Hands over what is found, as it is found.
   *
   * @return why places could not be searched, each naming the place
   * @throws MalformedException for a query that cannot be understood
   */
  public List<EmblemaException> search(SearchRequest request, Consumer<Found> each) {
    List<EmblemaException> failures = new ArrayList<>();
    if (request.installed()) {
      installed(request.search(), each);
    }
    if (request.offered()) {
      Pruning pruning = new Pruning(image);
      Consumer<Found> kept =
          found -> {
            if (request.everyVersion() || pruning.keeps(found)) {
              each.accept(found);
            }
          };
      if (request.repositories().isEmpty()) {
        publishers(request.search(), kept, failures);
      } else {
        repositories(request, kept, failures);
      }
    }
    return failures;
  }

  /** The index of what is installed; made again from nothing. */
  public void rebuildIndex() {
    try (StoredIndex index = stored()) {
      index.rebuild();
    }
  }

  private StoredIndex stored() {
    return new StoredIndex(
        image.disk(),
        image.layout().cache().resolve("search"),
        new InstalledSource(image),
        clock,
        events);
  }

  private void installed(Search search, Consumer<Found> each) {
    Map<String, String> publishers = new HashMap<>();
    image
        .state()
        .installed()
        .forEach(
            entry -> publishers.put(entry.fmri().stem(), entry.fmri().publisherIfAny().orElse("")));
    Consumer<SearchHit> hits =
        hit ->
            each.accept(
                new Found(publishers.getOrDefault(Fmri.parse(hit.packageName()).stem(), ""), hit));
    try (StoredIndex index = stored()) {
      if (isReady(index)) {
        index.search(search, hits);
        return;
      }
    }
    try (MemoryIndex index =
        MemoryIndex.of(new InstalledSource(image), text -> events.emit(new Event.Warning(text)))) {
      index.search(search, hits);
    }
  }

  /** Whoever may not write into the image has an index made in memory. */
  private static boolean isReady(StoredIndex index) {
    try {
      index.refresh();
      return true;
    } catch (AccessException | StorageException | LockedException e) {
      return index.isUpToDate();
    }
  }

  private void publishers(Search search, Consumer<Found> each, List<EmblemaException> failures) {
    for (PublisherConfig publisher : image.config().enabledPublishers()) {
      EmblemaException last = null;
      for (Endpoint endpoint : publisher.enabledOrigins()) {
        last = origin(publisher, endpoint, search, each);
        if (last == null) {
          break;
        }
      }
      if (last != null) {
        failures.add(last);
      }
    }
  }

  private void repositories(
      SearchRequest request, Consumer<Found> each, List<EmblemaException> failures) {
    for (String repository : request.repositories()) {
      try (Origin origin = opener.open(repository, Access.PLAIN)) {
        for (String prefix : origin.publishers()) {
          search(origin, prefix, request.search(), each);
        }
      } catch (MalformedException e) {
        throw e;
      } catch (EmblemaException e) {
        failures.add(e);
      }
    }
  }

  private @Nullable EmblemaException origin(
      PublisherConfig publisher, Endpoint endpoint, Search search, Consumer<Found> each) {
    PublisherAccess access = new PublisherAccess(image.config(), image.disk().root());
    try (Origin origin = opener.open(endpoint.uri(), access.to(publisher, endpoint))) {
      search(origin, publisher.prefix(), search, each);
      return null;
    } catch (MalformedException e) {
      throw e;
    } catch (EmblemaException e) {
      return e;
    }
  }

  private void search(Origin origin, String prefix, Search search, Consumer<Found> each) {
    new OriginSearch(clock, events)
        .search(origin, prefix, search, hit -> each.accept(new Found(prefix, hit)));
  }

  /** All failures as one error. */
  public static UnreachableException together(List<EmblemaException> failures) {
    List<String> lines = new ArrayList<>();
    for (EmblemaException failure : failures) {
      lines.add(failure.getMessage() + failure.detail().map(detail -> "\n  " + detail).orElse(""));
    }
    return new UnreachableException(
        "some repositories could not be searched", String.join("\n", lines), List.of(), null);
  }
}
