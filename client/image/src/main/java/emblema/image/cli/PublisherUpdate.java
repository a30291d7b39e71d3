package emblema.image.cli;

import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UnreachableException;
import emblema.core.event.EventSink;
import emblema.image.image.Endpoint;
import emblema.image.image.Image;
import emblema.image.image.ImageConfig;
import emblema.image.image.OriginCatalogs;
import emblema.image.image.PublisherConfig;
import emblema.image.transport.OriginOpener;
import emblema.image.transport.PublisherAccess;
import emblema.image.transport.Transport;
import emblema.store.http.Access;
import emblema.store.origin.Origin;
import java.util.List;
import java.util.function.Function;

/**
 * Saves a changed set of publishers and brings the known packages in line: new origins are looked
 * at before anything is saved. The caller holds the lock.
 */
final class PublisherUpdate {
  private final OpenImage open;
  private final EventSink events;

  PublisherUpdate(OpenImage open, EventSink events) {
    this.open = open;
    this.events = events;
  }

  /**
   * @param fetch prefixes whose catalogs are fetched
   */
  void save(ImageConfig after, List<String> fetch) {
    Image image = open.image();
    for (String prefix : fetch) {
      PublisherConfig publisher = after.publisher(prefix).orElseThrow();
      PublisherAccess access = new PublisherAccess(after, image.disk().root());
      checkOrigins(open.opener(), publisher, endpoint -> access.to(publisher, endpoint));
    }
    image.save(after);
    try (Transport transport = open.transport(events)) {
      List<PublisherConfig> wanted =
          after.publishers().stream().filter(p -> fetch.contains(p.prefix())).toList();
      if (wanted.isEmpty()) {
        OriginCatalogs copies = new OriginCatalogs(image);
        after.publishers().forEach(p -> copies.keepOnly(p.prefix(), p.origins()));
        transport.rebuild(open.now());
      } else {
        RefreshReport.failUnlessComplete(transport.refresh(wanted, false, open.now()), wanted);
      }
    }
  }

  /** Each origin can be opened and has packages of the publisher. */
  static void checkOrigins(
      OriginOpener opener, PublisherConfig publisher, Function<Endpoint, Access> access) {
    for (Endpoint endpoint : publisher.enabledOrigins()) {
      try (Origin origin = opener.open(endpoint.uri(), access.apply(endpoint))) {
        if (!origin.publishers().contains(publisher.prefix())) {
          throw new NotFoundException(
              "the repository '"
                  + endpoint.uri()
                  + "' has no packages of publisher '"
                  + publisher.prefix()
                  + "'",
              "its publishers: " + String.join(", ", origin.publishers()));
        }
      } catch (UnreachableException | NotFoundException e) {
        throw e;
      } catch (EmblemaException e) {
        throw new UnreachableException(
            "could not use the origin '"
                + endpoint.uri()
                + "' of publisher '"
                + publisher.prefix()
                + "'",
            e.getMessage(),
            e.hints(),
            e);
      }
    }
  }
}
