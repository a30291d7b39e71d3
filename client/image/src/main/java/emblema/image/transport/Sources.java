package emblema.image.transport;

import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UnreachableException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.image.image.Endpoint;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherConfig;
import emblema.store.http.Access;
import emblema.store.origin.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The origins and mirrors of an image's publishers, each opened once and when first needed. They
 * are asked in the configured order, those that failed before last. Safe for use by several
 * threads.
 */
final class Sources implements AutoCloseable {
  private final ImageConfig config;
  private final PublisherAccess access;
  private final OriginOpener opener;
  private final EventSink events;
  private final Map<Place, Origin> open = new HashMap<>();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();
  private final TemporarySources temporary;

  private record Place(String uri, Access access) {}

  /**
   * @param temporary asked before all others
   */
  Sources(
      ImageConfig config,
      Path root,
      OriginOpener opener,
      EventSink events,
      TemporarySources temporary) {
    this.temporary = temporary;
    this.config = config;
    this.access = new PublisherAccess(config, root);
    this.opener = opener;
    this.events = events;
  }

  synchronized Origin origin(PublisherConfig publisher, Endpoint endpoint) {
    Place place = new Place(endpoint.uri(), access.to(publisher, endpoint));
    Origin origin = open.get(place);
    if (origin == null) {
      origin = opener.open(place.uri(), place.access());
      open.put(place, origin);
    }
    return origin;
  }

  /**
   * What the first origin gives that can: origins that fail are passed over.
   *
   * @param what for the error, for example "the manifest of 'x'"
   * @throws IntegrityException if content was had but was not what was promised
   * @throws UnreachableException otherwise, with a line an origin
   */
  <T> T fromAny(String prefix, String what, Function<Origin, T> use) {
    List<EmblemaException> failures = new ArrayList<>();
    Optional<T> early = fromTemporary(prefix, use, failures);
    if (early.isPresent()) {
      return early.get();
    }
    PublisherConfig publisher = publisher(prefix, failures);
    return first(publisher, publisher.enabledOrigins(), what, use);
  }

  /** As {@link #fromAny}, for payloads, which mirrors have too: they are asked first. */
  <T> T fromAnyOrMirror(String prefix, String what, Function<Origin, T> use) {
    List<EmblemaException> failures = new ArrayList<>();
    Optional<T> early = fromTemporary(prefix, use, failures);
    if (early.isPresent()) {
      return early.get();
    }
    PublisherConfig publisher = publisher(prefix, failures);
    List<Endpoint> places = new ArrayList<>();
    publisher.mirrors().stream().filter(Endpoint::enabled).forEach(places::add);
    places.addAll(publisher.enabledOrigins());
    return first(publisher, places, what, use);
  }

  private <T> Optional<T> fromTemporary(
      String prefix, Function<Origin, T> use, List<EmblemaException> failures) {
    if (!temporary.isEmpty()) {
      for (Origin origin : temporary.of(prefix)) {
        try {
          return Optional.of(use.apply(origin));
        } catch (EmblemaException e) {
          failures.add(e);
        }
      }
    }
    return Optional.empty();
  }

  private <T> T first(
      PublisherConfig publisher, List<Endpoint> places, String what, Function<Origin, T> use) {
    List<Endpoint> ordered =
        places.stream().sorted(Comparator.comparing(each -> failed.contains(each.uri()))).toList();
    List<EmblemaException> failures = new ArrayList<>();
    for (Endpoint endpoint : ordered) {
      try {
        T result = use.apply(origin(publisher, endpoint));
        failures.forEach(failure -> tell(ordered.get(failures.indexOf(failure)), failure));
        return result;
      } catch (EmblemaException e) {
        failures.add(e);
      }
    }
    for (EmblemaException failure : failures) {
      if (failure instanceof IntegrityException || ordered.size() == 1) {
        throw failure;
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < failures.size(); i++) {
      lines.add(ordered.get(i).uri() + ": " + Refreshed.reason(failures.get(i)));
    }
    throw new UnreachableException(
        "none of the origins of publisher '" + publisher.prefix() + "' could give " + what,
        String.join("\n", lines),
        List.of(),
        failures.getLast());
  }

  /** Once a place: what it lacked another had, so the work goes on. */
  private void tell(Endpoint endpoint, EmblemaException failure) {
    boolean lacksIt = failure instanceof NotFoundException;
    if (!lacksIt && failed.add(endpoint.uri())) {
      events.emit(
          new Event.Warning(
              "'"
                  + endpoint.uri()
                  + "' failed, going on without it: "
                  + Refreshed.reason(failure)));
    }
  }

  /**
   * @param failures of temporary sources, one of which says more than that nobody else can be asked
   */
  private PublisherConfig publisher(String prefix, List<EmblemaException> failures) {
    boolean hasOrigins =
        config.publisher(prefix).filter(each -> !each.enabledOrigins().isEmpty()).isPresent();
    if (!hasOrigins && !failures.isEmpty()) {
      throw failures.getFirst();
    }
    PublisherConfig publisher =
        config
            .publisher(prefix)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "unknown publisher '" + prefix + "'",
                        "'pkg set-publisher -g <origin> " + prefix + "' adds it"));
    if (publisher.enabledOrigins().isEmpty()) {
      throw new UnreachableException(
          "publisher '" + prefix + "' has no origin to fetch from",
          "'pkg set-publisher -g <origin> " + prefix + "' adds one");
    }
    return publisher;
  }

  @Override
  public synchronized void close() {
    temporary.close();
    open.values().forEach(Origin::close);
    open.clear();
  }
}
