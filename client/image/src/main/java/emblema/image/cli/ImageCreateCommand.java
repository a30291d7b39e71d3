package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.image.image.Endpoint;
import emblema.image.image.Image;
import emblema.image.image.ImageConfig;
import emblema.image.image.ImageKind;
import emblema.image.image.NewImage;
import emblema.image.image.PublisherChange;
import emblema.image.image.PublisherConfig;
import emblema.image.transport.Origins;
import emblema.image.transport.Transport;
import emblema.store.http.Access;
import emblema.store.origin.Origin;
import emblema.store.p5i.P5i;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes an image (spec client-cli, section 4.21). */
final class ImageCreateCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("make a new image")
        .flag("-F --full", "an image of a complete system")
        .flag("-P --partial", "an image that is part of another; made like a full one")
        .flag("-U --user", "a relocatable image of an ordinary user; the default")
        .flag("-z --zone", "a full image for a non-global zone")
        .flag("-f --force", "replace an image, or make one among existing files")
        .value("-c", "file", "client certificate, a PEM file; needs -k")
        .value("-k", "file", "client key, a PEM file; needs -c")
        .list("-g --add-origin", "uri", "another origin of the publisher")
        .list("-m --add-mirror", "uri", "a mirror of the publisher")
        .list("--facet", "name=True|False", "set a facet")
        .list("--variant", "name=value", "set a variant")
        .list("--set-property", "name=value", "set an image property")
        .flag("--no-refresh", "do not fetch the publisher's catalog")
        .value("-p --publisher", "[name=]uri", "the repository to take packages from")
        .operand("dir")
        .needs("-g", "-p")
        .needs("-m", "-p")
        .needs("-c", "-p")
        .needs("-k", "-p");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    OpenImage.refuseRoot(session);
    Instant now = session.clock().instant();
    ClientKeys keys = ClientKeys.of(arguments, session);
    List<PublisherConfig> publishers = publishers(arguments, session, keys.access(), now);
    NewImage wanted =
        new NewImage(
            kind(arguments), variants(arguments), facets(arguments), properties(arguments));
    Path root = session.resolve(arguments.operand(0)).toAbsolutePath();
    try (Image image = wanted.create(RootDirectory.open(root), arguments.has("-f"), now)) {
      OpenImage.recorder(session)
          .record(
              image::history,
              "image-create",
              operation -> {
                configure(image, keys.storedFor(publishers, image), arguments, session, now);
                return true;
              });
    }
    return 0;
  }

  private static void configure(
      Image image,
      List<PublisherConfig> publishers,
      Arguments arguments,
      Session session,
      Instant now) {
    ImageConfig config = image.config();
    for (PublisherConfig publisher : publishers) {
      config = config.withPublisher(publisher);
    }
    image.save(config);
    if (!arguments.has("--no-refresh") && !publishers.isEmpty()) {
      try (Transport transport =
          new Transport(image, OpenImage.origins(session), session.events(), 4)) {
        RefreshReport.failUnlessComplete(transport.refresh(publishers, false, now), publishers);
      }
    }
  }

  /** What to take packages from; looked at before anything is made. */
  private static List<PublisherConfig> publishers(
      Arguments arguments, Session session, Access access, Instant now) {
    Origins origins = OpenImage.origins(session);
    Optional<String> typed = arguments.value("-p");
    if (typed.isEmpty()) {
      return List.of();
    }
    int equals = typed.get().indexOf('=');
    String name = equals < 0 ? "" : typed.get().substring(0, equals);
    boolean looks = !arguments.has("--no-refresh");
    if (name.isEmpty() && !looks) {
      throw new UsageException("--no-refresh needs the publisher's name: -p name=uri");
    }
    String repository = typed.get().substring(equals + 1);
    Optional<P5i> file = InformationFile.read(repository, session);
    if (file.isPresent()) {
      return described(InformationFile.publishers(file.get(), repository), name, origins, now);
    }
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(new Endpoint(origins.normalize(repository)));
    arguments.values("-g").forEach(uri -> endpoints.add(new Endpoint(origins.normalize(uri))));
    List<String> prefixes =
        name.isEmpty() ? held(origins, endpoints.getFirst(), access) : List.of(name);
    List<PublisherConfig> result = new ArrayList<>();
    for (String prefix : prefixes) {
      PublisherChange.NewUuid uuid = PublisherRequest.newUuid(now);
      PublisherConfig publisher =
          PublisherConfig.create(
                  emblema.core.fmri.PublisherPrefix.require(prefix), uuid.uuid(), uuid.since())
              .withOrigins(endpoints)
              .withMirrors(
                  arguments.values("-m").stream()
                      .map(uri -> new Endpoint(origins.normalize(uri)))
                      .toList());
      if (looks) {
        PublisherUpdate.checkOrigins(origins, publisher, endpoint -> access);
      }
      result.add(publisher);
    }
    return result;
  }

  /** The publishers of an information file, or the one that is named, with their origins. */
  private static List<PublisherConfig> described(
      Map<String, P5i.Publisher> found, String name, Origins origins, Instant now) {
    List<PublisherConfig> result = new ArrayList<>();
    for (P5i.Publisher each : found.values()) {
      if (name.isEmpty() || name.equals(each.prefix())) {
        P5i.Repository repository = each.repository().orElseThrow();
        PublisherChange.NewUuid uuid = PublisherRequest.newUuid(now);
        result.add(
            PublisherConfig.create(each.prefix(), uuid.uuid(), uuid.since())
                .withOrigins(endpoints(repository.origins(), origins))
                .withMirrors(endpoints(repository.mirrors(), origins)));
      }
    }
    if (result.isEmpty()) {
      throw new NotFoundException("the publisher information does not name '" + name + "'");
    }
    return result;
  }

  private static List<Endpoint> endpoints(List<String> uris, Origins origins) {
    return uris.stream().map(uri -> new Endpoint(origins.normalize(uri))).toList();
  }

  private static List<String> held(Origins origins, Endpoint endpoint, Access access) {
    try (Origin origin = origins.open(endpoint.uri(), access)) {
      if (origin.publishers().isEmpty()) {
        throw new NotFoundException("the repository '" + endpoint.uri() + "' has no publishers");
      }
      return origin.publishers();
    }
  }

  private static ImageKind kind(Arguments arguments) {
    return arguments
        .last("-F", "-P", "-U", "-z")
        .filter(option -> !option.equals("-U"))
        .map(option -> ImageKind.FULL)
        .orElse(ImageKind.USER);
  }

  private static Map<String, String> variants(Arguments arguments) {
    Map<String, String> variants = new LinkedHashMap<>(NewImage.variantsOf(architecture()));
    if (arguments.has("-z")) {
      variants.put("variant.opensolaris.zone", "nonglobal");
    }
    PublisherRequest.pairs(arguments, "--variant")
        .forEach((name, value) -> variants.put(prefixed("variant.", name), value));
    return variants;
  }

  /** As the reference's platforms name it. */
  private static String architecture() {
    String name = System.getProperty("os.arch", "i386");
    return switch (name) {
      case "amd64", "x86_64", "x86" -> "i386";
      default -> name;
    };
  }

  private static Map<String, Boolean> facets(Arguments arguments) {
    Map<String, Boolean> facets = new LinkedHashMap<>();
    PublisherRequest.pairs(arguments, "--facet")
        .forEach(
            (name, value) -> {
              String word = value.toLowerCase(Locale.ROOT);
              if (!word.equals("true") && !word.equals("false")) {
                throw new UsageException(
                    "facet '" + name + "' must be True or False, not '" + value + "'");
              }
              facets.put(prefixed("facet.", name), word.equals("true"));
            });
    return facets;
  }

  private static Map<String, String> properties(Arguments arguments) {
    Map<String, String> properties = new LinkedHashMap<>();
    PublisherRequest.pairs(arguments, "--set-property")
        .forEach((name, value) -> properties.put(name, PropertyValue.of(name, List.of(value))));
    return properties;
  }

  private static String prefixed(String prefix, String name) {
    return name.startsWith(prefix) ? name : prefix + name;
  }
}
