package emblema.image.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.Action;
import emblema.core.action.FileAction;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UnreachableException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import emblema.image.image.Endpoint;
import emblema.image.image.Image;
import emblema.image.image.ImageConfig;
import emblema.image.image.ImageKind;
import emblema.image.image.NewImage;
import emblema.image.image.OriginCatalogs;
import emblema.image.image.PublisherConfig;
import emblema.store.http.Access;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Fmri CORE =
      Fmri.parse("pkg://alpha.example/base/core@1.0,5.11-0.1:20250101T000001Z");

  @TempDir Path temporary;
  private Path repository;
  private Image image;

  @BeforeEach
  void prepare() throws IOException, URISyntaxException {
    repository = temporary.resolve("repo");
    copy(
        Path.of(Objects.requireNonNull(getClass().getResource("/golden/repo")).toURI()),
        repository);
    Path root = Files.createDirectory(temporary.resolve("image"));
    image =
        new NewImage(ImageKind.FULL, NewImage.variantsOf("i386"), Map.of(), Map.of())
            .create(RealDisk.open(root), false, NOW);
    configure(repository);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private void configure(Path... origins) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Path origin : origins) {
      endpoints.add(new Endpoint(new Origins(temporary, Map.of()).normalize(origin.toString())));
    }
    ImageConfig config =
        image
            .config()
            .withPublisher(
                PublisherConfig.create("alpha.example", "u", "t").withOrigins(endpoints));
    image.save(config);
  }

  private Transport transport(EventSink events) {
    return new Transport(image, new Origins(temporary, Map.of()), events, 4);
  }

  private Refreshed refresh() {
    try (Transport transport = transport(EventSink.QUIET)) {
      return transport.refresh(image.config().publishers(), false, NOW);
    }
  }

  private List<Payload> payloads() {
    try (Transport transport = transport(EventSink.QUIET)) {
      transport.fetchManifests(List.of(CORE));
    }
    return image
        .manifest(CORE)
        .actions(FileAction.class)
        .map(file -> new Payload("alpha.example", file))
        .toList();
  }

  @Test
  void learnsWhatTheOriginsOffer() {
    Refreshed refreshed = refresh();
    assertThat(refreshed.changed()).isTrue();
    assertThat(refreshed.succeeded()).containsExactly("alpha.example");
    assertThat(image.state().versions("base/core")).hasSize(3);
    assertThat(image.state().versions("tools/gone").getLast().isObsolete()).isTrue();
    assertThat(Image.open(RealDisk.open(image.disk().root())).state().entries())
        .isEqualTo(image.state().entries());
  }

  @Test
  void leavesTheStateAloneWhenNothingChanged() {
    refresh();
    Instant before = image.state().lastModified();
    assertThat(refresh().changed()).isFalse();
    assertThat(image.state().lastModified()).isEqualTo(before);
  }

  @Test
  void refreshesOnlyWhenItIsTime() {
    try (Transport transport = transport(EventSink.QUIET)) {
      assertThat(transport.refreshIfDue(NOW).succeeded()).hasSize(1);
      assertThat(transport.refreshIfDue(NOW.plusSeconds(14000)).succeeded()).isEmpty();
      assertThat(transport.refreshIfDue(NOW.plusSeconds(14401)).succeeded()).hasSize(1);
    }
    assertThat(new OriginCatalogs(image).lastRefreshed("alpha.example"))
        .contains(NOW.plusSeconds(14401));
  }

  @Test
  void keepsWhatIsKnownFromAnOriginThatCannotBeRead() throws IOException {
    refresh();
    Files.move(repository, temporary.resolve("elsewhere"));
    Refreshed refreshed = refresh();
    assertThat(refreshed.isComplete()).isFalse();
    assertThat(refreshed.failures()).containsOnlyKeys("alpha.example");
    assertThat(image.state().versions("base/core")).hasSize(3);
  }

  @Test
  void fetchesVerifiedContentOnceAndTellsItsProgressInBytes() throws IOException {
    refresh();
    List<Payload> payloads = payloads();
    List<Event> events = new ArrayList<>();
    PayloadCache cache = new PayloadCache(image);
    try (Transport transport = transport(event -> add(events, event))) {
      Transport.Volume volume = transport.volume(payloads);
      transport.fetchPayloads(payloads);
      assertThat(events.getFirst())
          .isEqualTo(
              new Event.PhaseStarted("download", "Downloading", volume.bytes(), Event.Unit.BYTES));
      assertThat(events.getLast()).isEqualTo(new Event.PhaseFinished("download", volume.bytes()));
      assertThat(transport.volume(payloads)).isEqualTo(new Transport.Volume(0, 0));
      int told = events.size();
      transport.fetchPayloads(payloads);
      assertThat(events).hasSize(told);
    }
    for (Payload payload : payloads) {
      try (InputStream in = cache.content(payload)) {
        assertThat((long) in.readAllBytes().length).isEqualTo(payload.size());
      }
    }
    try (var cached = Files.list(image.disk().root().resolve("var/pkg/cache"))) {
      assertThat(cached.map(p -> p.getFileName().toString()))
          .noneMatch(name -> name.startsWith("incoming"));
    }
    cache.flush();
    assertThat(cache.has(payloads.getFirst())).isFalse();
  }

  private static synchronized void add(List<Event> events, Event event) {
    events.add(event);
  }

  private Path stored(Payload payload) {
    return repository.resolve(
        "publisher/alpha.example/file/" + payload.sha1().substring(0, 2) + "/" + payload.sha1());
  }

  @Test
  void refusesAPayloadWithAFlippedBit() throws IOException {
    refresh();
    List<Payload> payloads = payloads();
    Path file = stored(payloads.getFirst());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
    try (Transport transport = transport(EventSink.QUIET)) {
      assertThatThrownBy(() -> transport.fetchPayloads(payloads))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("file://" + repository)
          .hasMessageContaining(payloads.getFirst().sha1());
    }
    assertThat(new PayloadCache(image).has(payloads.getFirst())).isFalse();
  }

  @Test
  void refusesAPayloadThatIsLongerOrShorterThanPromised() throws IOException {
    refresh();
    List<Payload> payloads = payloads();
    Path file = stored(payloads.getFirst());
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {bytes.length - 1, bytes.length + 1, 0}) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      try (Transport transport = transport(EventSink.QUIET)) {
        assertThatThrownBy(() -> transport.fetchPayloads(payloads))
            .isInstanceOf(IntegrityException.class);
      }
    }
  }

  @Test
  void takesAnotherOriginWhenOneIsDamaged() throws IOException {
    Path mirror = temporary.resolve("other");
    copy(repository, mirror);
    configure(repository, mirror);
    refresh();
    List<Payload> payloads = payloads();
    Files.write(stored(payloads.getFirst()), new byte[0]);
    try (Transport transport = transport(EventSink.QUIET)) {
      transport.fetchPayloads(payloads);
    }
    assertThat(new PayloadCache(image).has(payloads.getFirst())).isTrue();
  }

  @Test
  void refusesAManifestThatTheCatalogDidNotPromise() throws IOException {
    refresh();
    Path file =
        repository.resolve(
            "publisher/alpha.example/pkg/base%2Fcore/1.0%2C5.11-0.1%3A20250101T000001Z");
    Files.writeString(file, Files.readString(file) + "set name=evil value=1\n");
    try (Transport transport = transport(EventSink.QUIET)) {
      assertThatThrownBy(() -> transport.fetchManifests(List.of(CORE)))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("base/core@1.0");
    }
    assertThat(image.hasManifest(CORE)).isFalse();
  }

  @Test
  void fetchesADamagedManifestAgain() throws IOException {
    refresh();
    payloads();
    Path stored = image.disk().root().resolve(image.layout().manifest(CORE).text());
    Files.writeString(stored, "x");
    assertThatThrownBy(() -> image.manifest(CORE)).isInstanceOf(IntegrityException.class);
    payloads();
    assertThat(image.manifest(CORE).fmri()).contains(CORE);
  }

  @Test
  void saysThatAPublisherIsUnknownOrHasNoOrigin() {
    refresh();
    Action file = payloads().getFirst().action();
    try (Transport transport = transport(EventSink.QUIET)) {
      assertThatThrownBy(() -> transport.fetchPayloads(List.of(new Payload("nobody", file))))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("unknown publisher 'nobody'");
    }
    configure();
    try (Transport transport = transport(EventSink.QUIET)) {
      assertThatThrownBy(() -> transport.fetchPayloads(List.of(new Payload("alpha.example", file))))
          .isInstanceOf(UnreachableException.class)
          .hasMessage("publisher 'alpha.example' has no origin to fetch from");
    }
  }

  @Test
  void knowsTheSpellingsOfLocalAddresses() {
    Origins origins = new Origins(Path.of("/work"), Map.of());
    for (String typed :
        List.of("repo", "file://repo", "file:///work/repo", "/work/repo/", "file:/work/repo")) {
      assertThat(origins.normalize(typed)).as(typed).isEqualTo("file:///work/repo/");
    }
    assertThat(origins.normalize("http://h/r")).isEqualTo("http://h/r/");
    assertThatThrownBy(() -> origins.open("ftp://h/r", Access.PLAIN))
        .isInstanceOf(MalformedException.class);
  }
}
