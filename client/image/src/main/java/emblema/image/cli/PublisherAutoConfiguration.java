package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.image.image.Endpoint;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherChange;
import emblema.image.image.PublisherConfig;
import emblema.store.http.Access;
import emblema.store.origin.Origin;
import emblema.store.p5i.P5i;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code set-publisher -p}: takes the publishers that a repository holds. */
final class PublisherAutoConfiguration {
  private final OpenImage open;
  private final Session session;
  private final Arguments arguments;

  PublisherAutoConfiguration(OpenImage open, Session session, Arguments arguments) {
    this.open = open;
    this.session = session;
    this.arguments = arguments;
  }

  int run() {
    String typed = arguments.required("-p");
    Endpoint endpoint =
        new Endpoint(
            OpenImage.origins(session).normalize(typed), arguments.value("--proxy", ""), true);
    ClientKeys keys = ClientKeys.of(arguments, session);
    Optional<P5i> file = InformationFile.read(typed, session);
    Map<String, P5i.Publisher> found =
        file.isPresent()
            ? wanted(InformationFile.publishers(file.get(), typed), typed)
            : publishers(endpoint, keys.access());
    List<String> prefixes = List.copyOf(found.keySet());
    List<String> added = new ArrayList<>();
    List<String> updated = new ArrayList<>();
    open.change(
        "add-publisher",
        operation -> {
          ImageConfig config = open.image().config();
          for (P5i.Publisher profile : found.values()) {
            String prefix = profile.prefix();
            boolean isNew = config.publisher(prefix).isEmpty();
            config =
                change(profile, endpoint, config, isNew)
                    .applyTo(config, PublisherRequest.newUuid(open.now()));
            if (isNew) {
              config = PublisherRequest.describe(config, profile);
            }
            config = keys.storedFor(config, prefix, open.image());
            (isNew ? added : updated).add(prefix);
          }
          new PublisherUpdate(open, session.events()).save(config, prefixes);
          return true;
        });
    session.out().line(session.title() + ":");
    if (!added.isEmpty()) {
      session.out().line("  Added publisher(s): " + String.join(", ", added));
    }
    if (!updated.isEmpty()) {
      session.out().line("  Updated publisher(s): " + String.join(", ", updated));
    }
    return 0;
  }

  private Map<String, P5i.Publisher> publishers(Endpoint endpoint, Access access) {
    Access proxied =
        new Access(access.key(), access.certificate(), endpoint.proxy(), access.headers());
    try (Origin origin = open.opener().open(endpoint.uri(), proxied)) {
      Map<String, P5i.Publisher> held = new LinkedHashMap<>();
      origin.profiles().forEach(profile -> held.put(profile.prefix(), profile));
      return wanted(held, endpoint.uri());
    }
  }

  /** Those that were asked for by name, or all. */
  private Map<String, P5i.Publisher> wanted(Map<String, P5i.Publisher> held, String source) {
    if (held.isEmpty()) {
      throw new NotFoundException("the repository '" + source + "' has no publishers");
    }
    for (String prefix : arguments.operands()) {
      if (!held.containsKey(prefix)) {
        throw new NotFoundException(
            "the repository '" + source + "' has no publisher '" + prefix + "'",
            "its publishers: " + String.join(", ", held.keySet()));
      }
    }
    Map<String, P5i.Publisher> wanted = new LinkedHashMap<>(held);
    if (!arguments.operands().isEmpty()) {
      wanted.keySet().retainAll(arguments.operands());
    }
    return wanted;
  }

  /** Rank and properties are given to publishers that are added, never to those that exist. */
  private PublisherChange change(
      P5i.Publisher profile, Endpoint endpoint, ImageConfig config, boolean isNew) {
    String prefix = profile.prefix();
    Optional<PublisherConfig> existing = config.publisher(prefix);
    List<Endpoint> origins =
        endpoints(profile.repository().map(P5i.Repository::origins).orElse(List.of()), endpoint);
    List<Endpoint> mirrors =
        endpoints(profile.repository().map(P5i.Repository::mirrors).orElse(List.of()), endpoint);
    PublisherChange plain =
        PublisherChange.adding(
            prefix,
            missing(
                existing.map(PublisherConfig::origins).orElse(List.of()),
                origins.isEmpty() ? List.of(endpoint) : origins));
    mirrors = missing(existing.map(PublisherConfig::mirrors).orElse(List.of()), mirrors);
    if (!isNew) {
      return plain.withMirrors(mirrors);
    }
    PublisherRequest request = new PublisherRequest(arguments, OpenImage.origins(session));
    Boolean sticky = arguments.has("--non-sticky") ? Boolean.FALSE : null;
    return new PublisherChange(
        prefix,
        null,
        plain.addOrigins(),
        List.of(),
        mirrors,
        List.of(),
        null,
        sticky,
        request.place(),
        PublisherRequest.pairs(arguments, "--set-property"),
        Map.of(),
        Map.of(),
        List.of(),
        null);
  }

  /** With the proxy that was asked for. */
  private List<Endpoint> endpoints(List<String> uris, Endpoint asked) {
    return uris.stream()
        .map(uri -> OpenImage.origins(session).normalize(uri))
        .map(uri -> new Endpoint(uri, asked.proxy(), true))
        .toList();
  }

  private static List<Endpoint> missing(List<Endpoint> present, List<Endpoint> wanted) {
    List<String> known = present.stream().map(Endpoint::uri).toList();
    return wanted.stream().filter(endpoint -> !known.contains(endpoint.uri())).toList();
  }
}
