package emblema.image.transport;

import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UnreachableException;
import emblema.image.image.Endpoint;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherConfig;
import emblema.store.origin.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The origins of an image's publishers, each opened once and when first needed. Safe for use by
 * several threads.
 */
final class Sources implements AutoCloseable {
  private final ImageConfig config;
  private final OriginOpener opener;
  private final Map<String, Origin> open = new HashMap<>();

  Sources(ImageConfig config, OriginOpener opener) {
    this.config = config;
    this.opener = opener;
  }

  synchronized Origin origin(String uri) {
    Origin origin = open.get(uri);
    if (origin == null) {
      origin = opener.open(uri);
      open.put(uri, origin);
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
    List<Endpoint> origins = origins(prefix);
    List<EmblemaException> failures = new ArrayList<>();
    for (Endpoint endpoint : origins) {
      try {
        return use.apply(origin(endpoint.uri()));
      } catch (EmblemaException e) {
        failures.add(e);
      }
    }
    for (EmblemaException failure : failures) {
      if (failure instanceof IntegrityException || origins.size() == 1) {
        throw failure;
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < failures.size(); i++) {
      lines.add(origins.get(i).uri() + ": " + failures.get(i).getMessage());
    }
    throw new UnreachableException(
        "none of the origins of publisher '" + prefix + "' could give " + what,
        String.join("\n", lines),
        List.of(),
        failures.getLast());
  }

  private List<Endpoint> origins(String prefix) {
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
    return publisher.enabledOrigins();
  }

  @Override
  public synchronized void close() {
    open.values().forEach(Origin::close);
    open.clear();
  }
}
