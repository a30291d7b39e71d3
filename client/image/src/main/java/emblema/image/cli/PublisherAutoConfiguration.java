package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.image.image.Endpoint;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherChange;
import emblema.image.image.PublisherConfig;
import emblema.store.origin.Origin;
import java.util.ArrayList;
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
    List<String> prefixes = publishers(endpoint);
    List<String> added = new ArrayList<>();
    List<String> updated = new ArrayList<>();
    open.change(
        "add-publisher",
        operation -> {
          ImageConfig config = open.image().config();
          for (String prefix : prefixes) {
            boolean isNew = config.publisher(prefix).isEmpty();
            config =
                change(prefix, endpoint, config, isNew)
                    .applyTo(config, PublisherRequest.newUuid(open.now()));
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

  private List<String> publishers(Endpoint endpoint) {
    try (Origin origin = open.opener().open(endpoint.uri())) {
      List<String> held = origin.publishers();
      List<String> wanted = arguments.operands().isEmpty() ? held : arguments.operands();
      if (held.isEmpty()) {
        throw new NotFoundException("the repository '" + endpoint.uri() + "' has no publishers");
      }
      for (String prefix : wanted) {
        if (!held.contains(prefix)) {
          throw new NotFoundException(
              "the repository '" + endpoint.uri() + "' has no publisher '" + prefix + "'",
              "its publishers: " + String.join(", ", held));
        }
      }
      return wanted;
    }
  }

  /** Rank and properties are given to publishers that are added, never to those that exist. */
  private PublisherChange change(
      String prefix, Endpoint endpoint, ImageConfig config, boolean isNew) {
    Optional<PublisherConfig> existing = config.publisher(prefix);
    boolean known =
        existing.stream()
            .flatMap(publisher -> publisher.origins().stream())
            .anyMatch(origin -> origin.uri().equals(endpoint.uri()));
    PublisherChange plain = PublisherChange.adding(prefix, known ? List.of() : List.of(endpoint));
    if (!isNew) {
      return plain;
    }
    PublisherRequest request = new PublisherRequest(arguments, OpenImage.origins(session));
    Boolean sticky = arguments.has("--non-sticky") ? Boolean.FALSE : null;
    return new PublisherChange(
        prefix,
        null,
        plain.addOrigins(),
        List.of(),
        List.of(),
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
}
