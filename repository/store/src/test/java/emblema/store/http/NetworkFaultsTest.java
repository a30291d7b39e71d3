package emblema.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.AccessException;
import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.error.UnreachableException;
import emblema.testkit.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers and networks that misbehave, each in its own way. */
class NetworkFaultsTest {
  private static final byte[] CONTENT = content();

  private final List<RawServer> servers = new ArrayList<>();

  private static byte[] content() {
    byte[] bytes = new byte[100_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
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

  private static byte[] streamed(RawServer server) throws IOException {
    try (Wire wire = new Wire(server.address(), Access.PLAIN, Quick.SETTINGS);
        InputStream in = wire.stream("file")) {
      return in.readAllBytes();
    }
  }

  private static byte[] document(RawServer server) {
    return document(server, 1 << 20);
  }

  private static byte[] document(RawServer server, int limit) {
    try (Wire wire = new Wire(server.address(), Access.PLAIN, Quick.SETTINGS)) {
      return wire.document("file", limit, false);
    }
  }

  private static int start(RawServer.Request request) {
    String range = request.headers().getOrDefault("range", "bytes=0-");
    return Integer.parseInt(range.replaceAll("[^0-9]", ""));
  }

  private static void rest(RawServer.Request request, OutputStream out, int atMost)
      throws IOException {
    int start = start(request);
    byte[] left = Arrays.copyOfRange(CONTENT, start, CONTENT.length);
    RawServer.head(
        out,
        start > 0 ? 206 : 200,
        left.length,
        "Content-Range: bytes " + start + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
    out.write(left, 0, Math.min(left.length, atMost));
  }

  @Test
  void goesOnWhereAConnectionBroke() throws IOException {
    RawServer server = serve((request, out) -> rest(request, out, 30_000));
    assertThat(streamed(server)).isEqualTo(CONTENT);
    assertThat(server.requests())
        .extracting(NetworkFaultsTest::start)
        .containsExactly(0, 30_000, 60_000, 90_000);
  }

  @Test
  void goesOnWhereAServerStalled() throws IOException {
    AtomicInteger times = new AtomicInteger();
    RawServer server =
        serve(
            (request, out) -> {
              boolean stalls = times.incrementAndGet() == 1;
              rest(request, out, stalls ? 50_000 : CONTENT.length);
              if (stalls) {
                out.flush();
                sleep();
              }
            });
    assertThat(streamed(server)).isEqualTo(CONTENT);
    assertThat(server.requests()).extracting(NetworkFaultsTest::start).containsExactly(0, 50_000);
  }

  private static void sleep() throws IOException {
    try {
      Thread.sleep(20_000);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void givesUpOnAServerThatOnlyDrips() {
    RawServer server =
        serve(
            (request, out) -> {
              RawServer.head(out, 200, CONTENT.length);
              for (int i = 0; i < 100; i++) {
                out.write('x');
                out.flush();
                try {
                  Thread.sleep(300);
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    assertThatThrownBy(() -> document(server))
        .isInstanceOf(UnreachableException.class)
        .satisfies(
            e -> assertThat(((EmblemaException) e).detail().orElse("")).contains("bytes came for"));
  }

  @Test
  void skipsWhatItHasWhenAServerKnowsNoRanges() throws IOException {
    AtomicInteger times = new AtomicInteger();
    RawServer server =
        serve(
            (request, out) -> {
              RawServer.head(out, 200, CONTENT.length);
              out.write(CONTENT, 0, times.incrementAndGet() == 1 ? 12_345 : CONTENT.length);
            });
    assertThat(streamed(server)).isEqualTo(CONTENT);
  }

  @Test
  void takesAnEarlierRangeThanItAskedForButNoLaterOne() throws IOException {
    AtomicInteger times = new AtomicInteger();
    RawServer server =
        serve(
            (request, out) -> {
              int start = start(request);
              switch (times.incrementAndGet()) {
                case 1 -> rest(request, out, 20_000);
                case 2 -> range(out, start + 10);
                default -> range(out, start - 10);
              }
            });
    assertThat(streamed(server)).isEqualTo(CONTENT);
    assertThat(times).hasValue(3);
  }

  private static void range(OutputStream out, int start) throws IOException {
    byte[] left = Arrays.copyOfRange(CONTENT, start, CONTENT.length);
    RawServer.send(
        out,
        206,
        left,
        "Content-Range: bytes " + start + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
  }

  @Test
  void givesUpOnAServerThatPromisesMoreThanItHas() {
    RawServer server =
        serve(
            (request, out) -> {
              if (start(request) > 0) {
                RawServer.send(out, 416, new byte[0]);
              } else {
                RawServer.head(out, 200, CONTENT.length + 10);
                out.write(CONTENT);
              }
            });
    assertThatThrownBy(() -> streamed(server)).isInstanceOf(UnreachableException.class);
  }

  @Test
  void asksAgainAfterPassingTrouble() {
    AtomicInteger times = new AtomicInteger();
    int[] statuses = {503, 429, 408};
    RawServer server =
        serve(
            (request, out) -> {
              int time = times.getAndIncrement();
              if (time < statuses.length) {
                RawServer.send(out, statuses[time], new byte[0], "Retry-After: 0");
              } else {
                RawServer.send(out, 200, CONTENT);
              }
            });
    assertThat(document(server)).isEqualTo(CONTENT);
    assertThat(times).hasValue(4);
  }

  @Test
  void doesNotAskAgainWhatIsRefused() {
    RawServer server = serve((request, out) -> RawServer.send(out, 403, new byte[0]));
    assertThatThrownBy(() -> document(server))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining(server.address());
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void asksAgainWhenADocumentIsCutOff() {
    AtomicInteger times = new AtomicInteger();
    RawServer server =
        serve(
            (request, out) -> {
              RawServer.head(out, 200, CONTENT.length);
              out.write(CONTENT, 0, times.incrementAndGet() < 3 ? 500 : CONTENT.length);
            });
    assertThat(document(server)).isEqualTo(CONTENT);
  }

  @Test
  void refusesADocumentWithoutEnd() {
    RawServer server =
        serve(
            (request, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
              byte[] block = new byte[1 << 16];
              for (int i = 0; i < 10_000; i++) {
                out.write(block);
              }
            });
    assertThatThrownBy(() -> document(server))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void refusesAGzipBomb() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[20 << 20]);
    }
    RawServer server =
        serve(
            (request, out) ->
                RawServer.send(out, 200, bomb.toByteArray(), "Content-Encoding: gzip"));
    assertThatThrownBy(() -> document(server)).isInstanceOf(MalformedException.class);
  }

  @Test
  void readsWhatIsCompressedOnTheWay() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(CONTENT);
    }
    RawServer server =
        serve(
            (request, out) -> {
              assertThat(request.headers()).containsEntry("accept-encoding", "gzip");
              RawServer.send(out, 200, bytes.toByteArray(), "Content-Encoding: gzip");
            });
    assertThat(document(server)).isEqualTo(CONTENT);
  }

  @Test
  void followsRedirectsButNotForEver() {
    RawServer loop =
        serve((request, out) -> RawServer.send(out, 302, new byte[0], "Location: /file"));
    assertThatThrownBy(() -> document(loop))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("redirects too often");
    RawServer target = serve((request, out) -> RawServer.send(out, 200, CONTENT));
    RawServer from =
        serve(
            (request, out) ->
                RawServer.send(out, 301, new byte[0], "Location: " + target.address() + "x"));
    assertThat(document(from)).isEqualTo(CONTENT);
  }

  @Test
  void refusesARedirectToWhatIsNotTheWeb() {
    RawServer server =
        serve(
            (request, out) ->
                RawServer.send(out, 302, new byte[0], "Location: file:///etc/passwd"));
    assertThatThrownBy(() -> document(server))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("less safe");
  }

  @Test
  void saysThatNothingListens() {
    RawServer gone = serve((request, out) -> {});
    gone.close();
    assertThatThrownBy(() -> document(gone))
        .isInstanceOf(UnreachableException.class)
        .satisfies(
            e ->
                assertThat(((EmblemaException) e).detail())
                    .hasValue("connection refused (4 attempts)"));
  }

  @Test
  void goesThroughAProxyUnlessToldOtherwise() {
    RawServer proxy = serve((request, out) -> RawServer.send(out, 200, CONTENT));
    String address = proxy.address().replaceFirst("/$", "");
    Access access =
        new Access(
            java.util.Optional.empty(), java.util.Optional.empty(), address, java.util.Map.of());
    try (Wire wire = new Wire("http://depot.invalid/r/", access, Quick.SETTINGS)) {
      assertThat(wire.document("versions/0/", 1 << 20, false)).isEqualTo(CONTENT);
    }
    assertThat(proxy.requests())
        .singleElement()
        .hasToString("GET http://depot.invalid/r/versions/0/");
    Proxies environment =
        Proxies.of(
            java.util.Map.of(
                "http_proxy", address, "no_proxy", ".local, depot.example", "HTTP_PROXY", "bad"));
    assertThat(environment.proxyFor(java.net.URI.create("http://a.example/"))).isPresent();
    assertThat(environment.proxyFor(java.net.URI.create("https://a.example/"))).isEmpty();
    assertThat(environment.proxyFor(java.net.URI.create("http://x.local/"))).isEmpty();
    assertThat(environment.proxyFor(java.net.URI.create("http://depot.example/"))).isEmpty();
    assertThat(environment.proxyFor(java.net.URI.create("http://localhost/"))).isEmpty();
  }

  @Test
  void sendsWhatIsNotADepotAway() {
    RawServer server =
        serve(
            (request, out) -> RawServer.send(out, 200, "<html>".getBytes(StandardCharsets.UTF_8)));
    try (HttpOrigin origin = HttpOrigin.open(server.address(), Quick.SETTINGS)) {
      assertThatThrownBy(origin::publishers)
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("is not a package depot");
    }
  }
}
