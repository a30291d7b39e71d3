package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.core.error.UsageException;
import emblema.image.image.Endpoint;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherChange;
import emblema.image.image.PublisherConfig;
import emblema.image.transport.Origins;
import emblema.store.p5i.P5i;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The options of {@code set-publisher} as a change. */
final class PublisherRequest {
  private final Arguments arguments;
  private final Origins origins;

  PublisherRequest(Arguments arguments, Origins origins) {
    this.arguments = arguments;
    this.origins = origins;
  }

  PublisherChange change(String prefix, Instant now) {
    return new PublisherChange(
        prefix,
        arguments.value("-O").map(origins::normalize).orElse(null),
        endpoints("-g"),
        addresses("-G"),
        endpoints("-m"),
        addresses("-M"),
        either("-e", "-d"),
        either("--sticky", "--non-sticky"),
        place(),
        pairs("--set-property"),
        pairs("--add-property-value"),
        pairs("--remove-property-value"),
        arguments.values("--unset-property"),
        arguments.has("--reset-uuid") ? newUuid(now) : null);
  }

  static PublisherChange.NewUuid newUuid(Instant now) {
    return new PublisherChange.NewUuid(
        UUID.randomUUID().toString(), Dates.asctime(now, ZoneOffset.UTC));
  }

  /** A new publisher with what its repository says of it. */
  static ImageConfig describe(ImageConfig config, P5i.Publisher profile) {
    PublisherConfig publisher = config.publisher(profile.prefix()).orElseThrow();
    if (profile.alias().isPresent()) {
      publisher = publisher.withAlias(profile.alias().get());
    }
    if (profile.repository().isPresent()) {
      P5i.Repository repository = profile.repository().get();
      publisher =
          publisher
              .with("repo.name", repository.name().orElse(""))
              .with("repo.description", repository.description().orElse("").replace('\n', ' '))
              .with(
                  "repo.refresh_seconds",
                  Long.toString(repository.refreshSeconds().orElse(14400L)));
    }
    return config.withPublisher(publisher);
  }

  PublisherChange.@Nullable Place place() {
    if (arguments.has("-P")) {
      return new PublisherChange.Place(null, false);
    }
    Optional<String> before = arguments.value("--search-before");
    if (before.isPresent()) {
      return new PublisherChange.Place(before.get(), false);
    }
    return arguments
        .value("--search-after")
        .map(after -> new PublisherChange.Place(after, true))
        .orElse(null);
  }

  private List<Endpoint> endpoints(String option) {
    String proxy = arguments.value("--proxy", "");
    return arguments.values(option).stream()
        .map(uri -> new Endpoint(origins.normalize(uri), proxy, true))
        .toList();
  }

  private List<String> addresses(String option) {
    return arguments.values(option).stream()
        .map(uri -> uri.equals("*") ? uri : origins.normalize(uri))
        .toList();
  }

  private @Nullable Boolean either(String yes, String no) {
    return arguments.has(yes) ? Boolean.TRUE : arguments.has(no) ? Boolean.FALSE : null;
  }

  private Map<String, String> pairs(String option) {
    return pairs(arguments, option);
  }

  /** {@code name=value} arguments in order. */
  static Map<String, String> pairs(Arguments arguments, String option) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String argument : arguments.values(option)) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw new UsageException(
            "invalid argument '" + argument + "' for option '" + option + "'",
            "expected name=value");
      }
      if (pairs.put(argument.substring(0, equals), argument.substring(equals + 1)) != null) {
        throw new UsageException(
            "'" + argument.substring(0, equals) + "' is given twice to option '" + option + "'");
      }
    }
    return pairs;
  }
}
