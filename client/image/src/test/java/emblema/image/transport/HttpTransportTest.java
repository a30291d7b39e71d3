package emblema.image.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.FileAction;
import emblema.core.error.IntegrityException;
import emblema.core.error.UnreachableException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import emblema.image.image.Endpoint;
import emblema.image.image.Image;
import emblema.image.image.ImageKind;
import emblema.image.image.NewImage;
import emblema.image.image.PublisherConfig;
import emblema.store.address.Repositories;
import emblema.store.file.FileRepository;
import emblema.store.http.HttpSettings;
import emblema.testkit.RawServer;
import emblema.testkit.StaticDepot;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images whose publishers are reached over HTTP, by way of servers that work or do not. */
class HttpTransportTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Fmri CORE =
      Fmri.parse("pkg://alpha.example/base/core@1.0,5.11-0.1:20250101T000001Z");

  @TempDir Path temporary;
  private final List<RawServer> servers = new ArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private Path repository;

  @SuppressWarnings("NullAway.Init")
  private Image image;

  @BeforeEach
  void prepare() throws IOException, URISyntaxException {
    repository = temporary.resolve("repo");
    Path golden = Path.of(Objects.requireNonNull(getClass().getResource("/golden/repo")).toURI());
    try (var walk = Files.walk(golden)) {
      for (Path path : walk.toList()) {
        Files.copy(path, repository.resolve(golden.relativize(path).toString()));
      }
    }
    Path root = Files.createDirectory(temporary.resolve("image"));
    image =
        new NewImage(ImageKind.FULL, NewImage.variantsOf("i386"), Map.of(), Map.of())
            .create(RealDisk.open(root), false, NOW);
  }

  @AfterEach
  void close() {
    servers.forEach(RawServer::close);
  }

  private RawServer serve(RawServer.Answer answer) {
    RawServer server = new RawServer(answer);
    servers.add(server);
    return server;
  }

  private RawServer depot() {
    return serve(new StaticDepot(repository));
  }

  private void configure(List<RawServer> origins, List<RawServer> mirrors) {
    image.save(
        image
            .config()
            .withPublisher(
                PublisherConfig.create("alpha.example", "a-uuid", "t")
                    .withOrigins(endpoints(origins))
                    .withMirrors(endpoints(mirrors))));
  }

  private static List<Endpoint> endpoints(List<RawServer> servers) {
    return servers.stream().map(server -> new Endpoint(server.address())).toList();
  }

  private Transport transport() {
    HttpSettings quick =
        HttpSettings.of("test", Map.of())
            .withPatience(2, Duration.ofSeconds(1), Duration.ofMillis(1));
    EventSink sink =
        event -> {
          if (event instanceof Event.Warning warning) {
            warnings.add(warning.text());
          }
        };
    return new Transport(image, new Origins(new Repositories(temporary, quick)), sink, 4);
  }

  private Refreshed refresh(boolean full) {
    try (Transport transport = transport()) {
      return transport.refresh(image.config().publishers(), full, NOW);
    }
  }

  private void fetch() {
    try (Transport transport = transport()) {
      transport.fetchManifests(List.of(CORE));
      transport.fetchPayloads(payloads());
    }
  }

  private List<Payload> payloads() {
    return image
        .manifest(CORE)
        .actions(FileAction.class)
        .map(file -> new Payload("alpha.example", file))
        .toList();
  }

  private boolean hasAll() {
    PayloadCache cache = new PayloadCache(image);
    return payloads().stream().allMatch(cache::has);
  }

  @Test
  void keepsCatalogsAsTheOriginHasThem() throws IOException {
    RawServer depot = depot();
    configure(List.of(depot), List.of());
    assertThat(refresh(false).changed()).isTrue();
    Path copy =
        image
            .disk()
            .root()
            .resolve(image.layout().originCatalog("alpha.example", depot.address()).text());
    for (String name : List.of("catalog.attrs", "catalog.base.C", "catalog.summary.C")) {
      assertThat(copy.resolve(name))
          .hasSameBinaryContentAs(
              repository.resolve("publisher/alpha.example/catalog").resolve(name));
    }
    assertThat(image.state().versions("base/core")).hasSize(3);
  }

  @Test
  void asksForNothingButTheAttributesWhenNothingChanged() {
    RawServer depot = depot();
    configure(List.of(depot), List.of());
    assertThat(refresh(false).changed()).isTrue();
    depot.forget();
    assertThat(refresh(false).changed()).isFalse();
    assertThat(depot.requests())
        .extracting(RawServer.Request::target)
        .containsExactly("/versions/0/", "/publisher/0/", "/alpha.example/catalog/1/catalog.attrs");
    assertThat(depot.requests().getLast().headers()).containsEntry("x-ipkg-uuid", "a-uuid");
  }

  @Test
  void followsTheLogsOfItsOrigin() {
    RawServer depot = depot();
    configure(List.of(depot), List.of());
    assertThat(refresh(false).changed()).isTrue();
    depot.forget();
    try (FileRepository changing = FileRepository.open(repository)) {
      changing.remove(
          "alpha.example",
          List.of(CORE),
          InstantSource.fixed(NOW.plusSeconds(36_000)),
          EventSink.QUIET);
    }
    assertThat(refresh(false).changed()).isTrue();
    assertThat(depot.requests())
        .extracting(RawServer.Request::target)
        .anyMatch(target -> target.contains("/catalog/1/update."))
        .noneMatch(target -> target.contains("/catalog/1/catalog.base.C"));
    assertThat(image.state().versions("base/core")).hasSize(2);
  }

  @Test
  void goesOnWithAnotherOriginWhenOneIsDown() {
    RawServer down = serve((request, out) -> {});
    RawServer depot = depot();
    configure(List.of(down, depot), List.of());
    Refreshed refreshed = refresh(false);
    assertThat(refreshed.failures().get("alpha.example"))
        .singleElement()
        .extracting(Refreshed.Failure::uri)
        .isEqualTo(down.address());
    fetch();
    assertThat(hasAll()).isTrue();
    assertThat(warnings).singleElement().asString().contains(down.address(), "going on without it");
  }

  @Test
  void takesPayloadsFromAMirrorAndNothingElse() {
    RawServer depot = depot();
    RawServer mirror = depot();
    configure(List.of(depot), List.of(mirror));
    assertThat(refresh(false).changed()).isTrue();
    fetch();
    assertThat(hasAll()).isTrue();
    assertThat(mirror.requests())
        .extracting(RawServer.Request::target)
        .noneMatch(target -> target.contains("/catalog/") || target.contains("/manifest/"))
        .anyMatch(target -> target.contains("/file/1/"));
    assertThat(depot.requests())
        .extracting(RawServer.Request::target)
        .noneMatch(target -> target.contains("/file/"));
  }

  @Test
  void doesNotBelieveAMirrorThatLies() {
    RawServer depot = depot();
    StaticDepot honest = new StaticDepot(repository);
    byte[] lie = "not the content".getBytes(StandardCharsets.UTF_8);
    RawServer mirror =
        serve(
            (request, out) -> {
              if (request.target().contains("/file/")) {
                RawServer.send(out, 200, lie);
              } else {
                honest.write(request, out);
              }
            });
    configure(List.of(depot), List.of(mirror));
    assertThat(refresh(false).changed()).isTrue();
    fetch();
    assertThat(hasAll()).isTrue();
    assertThat(warnings).singleElement().asString().contains(mirror.address(), "is damaged");
  }

  @Test
  void saysWhatIsDamagedWhenAllOriginsAreSo() {
    RawServer depot = depot();
    StaticDepot honest = new StaticDepot(repository);
    RawServer flipping =
        serve(
            (request, out) -> {
              if (request.target().contains("/file/")) {
                RawServer.send(out, 200, new byte[20]);
              } else {
                honest.write(request, out);
              }
            });
    configure(List.of(flipping), List.of());
    assertThat(refresh(false).changed()).isTrue();
    assertThatThrownBy(this::fetch)
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining(flipping.address());
    assertThat(hasAll()).isFalse();
    configure(List.of(depot), List.of());
    fetch();
    assertThat(hasAll()).isTrue();
  }

  @Test
  void tellsOfEachOriginWhyNoneCouldHelp() {
    RawServer one = serve((request, out) -> RawServer.send(out, 503, new byte[0]));
    RawServer two = serve((request, out) -> RawServer.send(out, 403, new byte[0]));
    configure(List.of(one, two), List.of());
    assertThatThrownBy(
            () -> {
              try (Transport transport = transport()) {
                transport.fetchManifests(List.of(CORE));
              }
            })
        .isInstanceOf(UnreachableException.class)
        .satisfies(
            e ->
                assertThat(((UnreachableException) e).detail().orElse(""))
                    .contains(
                        one.address(), "503 (unavailable)", two.address(), "403 (forbidden)"));
  }

  @Test
  void sendsNoIdentifierWhenTheImageSaysSo() {
    RawServer depot = depot();
    configure(List.of(depot), List.of());
    image.save(image.config().withProperty("send-uuid", "False"));
    assertThat(refresh(false).changed()).isTrue();
    assertThat(depot.requests()).noneMatch(request -> request.headers().containsKey("x-ipkg-uuid"));
  }
}
