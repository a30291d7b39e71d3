package emblema.depot.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that mean no good. After each the depot serves as before, and nothing has changed. */
class HostileRequestsTest {
  private static final String FILE = "/file/1/88997bdcb5e3bb1d53649afee69e28ba9bb03cca";

  @TempDir Path directory;
  private Path root = Path.of("unset");
  private TestDepot depot = unset();

  @SuppressWarnings("NullAway")
  private static TestDepot unset() {
    return null;
  }

  @BeforeEach
  void start() throws IOException {
    root = TestDepot.goldenRepository(directory);
    Files.writeString(directory.resolve("secret"), "secret");
    ServerOptions usual = ServerOptions.local();
    depot =
        new TestDepot(
            root,
            TestDepot.OPTIONS,
            new ServerOptions(
                usual.addresses(),
                0,
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                usual.slowest(),
                usual.patience(),
                1 << 20,
                64,
                Duration.ofSeconds(5)),
            InstantSource.system());
  }

  @AfterEach
  void stillServes() throws IOException {
    assertThat(depot.get(FILE).status()).isEqualTo(200);
    assertThat(depot.log).isEmpty();
    depot.close();
  }

  private int status(String request) throws IOException {
    try {
      return depot.send(request.getBytes(StandardCharsets.ISO_8859_1)).status();
    } catch (EOFException | SocketException e) {
      return 0;
    }
  }

  @Test
  void noPathLeavesTheRepository() throws IOException {
    for (String path :
        List.of(
            "/../secret",
            "/file/1/../../../secret",
            "/file/1/..%2f..%2f..%2fsecret",
            "/file/1/%2e%2e%2f%2e%2e%2fsecret",
            "/file/1/..%5c..%5csecret",
            "/catalog/1/../pub.p5i",
            "/catalog/1/..%2fpub.p5i",
            "/catalog/1/%2e%2e",
            "/catalog/1/.",
            "/catalog/1/%2fetc%2fpasswd",
            "/catalog/1/catalog.attrs%00.C",
            "/manifest/0/..%2F..@1,5.11-0:20250101T000001Z",
            "/manifest/0/..@..%2F..%2F..%2Fpub.p5i",
            "/..%2F..%2Fsecret/catalog/1/catalog.attrs",
            "/%2e%2e/catalog/1/catalog.attrs",
            "//etc/passwd",
            "/file/1//etc/passwd",
            "/file/1/%u002e%u002e/secret",
            "/file/1/%c0%ae%c0%ae/secret")) {
      RawResponse response = depot.get(path);
      assertThat(response.status()).as(path).isIn(400, 403, 404);
      assertThat(response.text()).as(path).doesNotContain("\nsecret").doesNotContain("root:");
    }
  }

  @Test
  void noTransactionLeavesItsDirectory() throws IOException {
    for (String id :
        List.of("..", "%2e%2e", "1_..%2F..", "1_%2e%2e%2f%2e%2e", ".", "tmp", "1_a%00b", "")) {
      for (String request : List.of("/close/0/", "/abandon/0/", "/add/0/")) {
        RawResponse response =
            request.equals("/add/0/")
                ? depot.send("POST", request + id + "/dir", "X-IPkg-SetAttr0: path=x")
                : depot.get(request + id);
        assertThat(response.status()).as(request + id).isIn(400, 404);
      }
    }
    RawResponse opened = depot.get("/open/0/a%401", "Client-Release: 5.11");
    String id = opened.header("transaction-id");
    for (String name : List.of("../../../../evil", "/etc/evil", "manifest", "append", "..", "x")) {
      RawResponse response =
          depot.send(
              "POST",
              "/file/1/" + id,
              "x".getBytes(StandardCharsets.UTF_8),
              "X-IPkg-SetAttr0: basename=" + name);
      assertThat(response.status()).as(name).isEqualTo(400);
    }
    assertThat(directory.resolve("evil")).doesNotExist();
    assertThat(root.resolve("publisher/alpha.example/trans/" + id).toFile().list())
        .containsExactly("manifest");
  }

  @Test
  void whatIsSentIsEscapedInErrorPages() throws IOException {
    for (String path : List.of("/%3Cscript%3Ealert(1)%3C/script%3E", "/file/1/%3Cscript%3E%22'")) {
      String page = depot.get(path).text();
      assertThat(page).doesNotContain("<script").doesNotContain("</script");
    }
    RawResponse admin = depot.get("/admin/0?cmd=%3Cscript%3Ealert(1)%3C/script%3E");
    assertThat(admin.text()).doesNotContain("<script");
    assertThat(admin.header("x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void headersCannotBeInjected() throws IOException {
    RawResponse response = depot.get("/open/0/a%0d%0aX-Evil:%201%401", "Client-Release: 5.11");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers()).doesNotContainKey("x-evil");
  }

  @Test
  void refusesHugeHeads() throws IOException {
    assertThat(status("GET /" + "a".repeat(200_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .isIn(0, 400, 414, 431);
    assertThat(status("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(200_000) + "\r\n\r\n"))
        .isIn(0, 400, 431);
    assertThat(status("GET / HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(50_000) + "\r\n"))
        .isIn(0, 400, 431);
  }

  @Test
  void refusesShapesThatSmuggleRequests() throws IOException {
    String smuggled = "0\r\n\r\nGET /versions/0 HTTP/1.1\r\nHost: x\r\n\r\n";
    String post = "POST /search/1/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    for (String headers :
        List.of(
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
            "Content-Length: 4\r\nContent-Length: 5\r\n",
            "Content-Length: 4, 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: +4\r\n",
            "Content-Length: 0x4\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Transfer-Encoding: chunked, identity\r\n",
            "Transfer-Encoding: xchunked\r\n",
            "Transfer-Encoding : chunked\r\n",
            " Transfer-Encoding: chunked\r\n")) {
      assertThat(status(post + headers + "\r\n" + smuggled)).as(headers).isIn(0, 400, 411, 501);
    }
    assertThat(status("GET /versions/0 HTTP/1.1\r\n\r\n")).as("no host").isEqualTo(400);
    assertThat(status("GET /versions/0\r\n\r\n")).as("0.9").isIn(0, 400, 505);
    assertThat(status("nonsense\r\n\r\n")).isIn(0, 400);
    assertThat(status("GET /versions/0 HTTP/9.9\r\nHost: x\r\n\r\n")).isIn(0, 400, 505);
    assertThat(status("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n")).isEqualTo(405);
    assertThat(status("CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n")).isIn(0, 400, 405);
  }

  @Test
  void refusesBodiesThatAreTooLong() throws IOException {
    assertThat(
            status(
                "POST /search/1/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Content-Length: 2000000000\r\n\r\nabc"))
        .isEqualTo(413);
    String chunk = "10000\r\n" + "a".repeat(65536) + "\r\n";
    assertThat(
            status(
                "POST /manifest/1/1_x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(20)
                    + "0\r\n\r\n"))
        .isIn(0, 400, 413);
  }

  @Test
  void closesConnectionsThatSendTheirHeadAByteAtATime() throws IOException {
    try (Socket socket = depot.connect()) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean closed = false;
      byte[] head =
          ("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(5000))
              .getBytes(StandardCharsets.US_ASCII);
      try {
        for (int i = 0; i < head.length && !closed; i++) {
          socket.getOutputStream().write(head[i]);
          socket.setSoTimeout(100);
          try {
            closed = in.read() < 0;
          } catch (java.net.SocketTimeoutException e) {
            // still open
          }
        }
      } catch (SocketException e) {
        closed = true;
      }
      assertThat(closed).as("closed before the head was sent").isTrue();
    }
  }

  @Test
  void anUploadThatIsCutOffLeavesNothing() throws Exception {
    String id = depot.get("/open/0/a%401", "Client-Release: 5.11").header("transaction-id");
    String sha1 = "a".repeat(40);
    try (Socket socket = depot.connect()) {
      socket
          .getOutputStream()
          .write(
              ("POST /file/1/"
                      + id
                      + " HTTP/1.1\r\nHost: x\r\nX-IPkg-SetAttr0: basename="
                      + sha1
                      + "\r\nContent-Length: 100000\r\n\r\nabc")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
    Path trans = root.resolve("publisher/alpha.example/trans/" + id);
    for (int i = 0; i < 1200 && Files.list(trans).count() > 1; i++) {
      Thread.sleep(100);
    }
    assertThat(trans.toFile().list()).containsExactly("manifest");
    assertThat(depot.get("/close/0/" + id).header("state")).isEqualTo("PUBLISHED");
    depot.log.clear(); // the broken connection is worth a line
  }

  @Test
  void oddEncodingsAreAnsweredWithoutAMistakeOfOurs() throws IOException {
    for (String path :
        List.of(
            "/search/0/%",
            "/search/1/%ff",
            "/search/1/False_2_None_None_%ff",
            "/search/1/False_2_-1_None_x",
            "/search/1/False_2_99999999999_None_x",
            "/p5i/0/%2a%2a%2a%5b",
            "/p5i/0/",
            "/p5i/0/@@@",
            "/info/0/",
            "/info/0/@",
            "/info/0/%c3%28@1",
            "/manifest/0/@",
            "/manifest/0/a@1,5.11-0:99999999T999999Z",
            "/manifest/9999999999999/x",
            "/manifest/-1/x",
            "/status/0/x/y/z",
            "/publisher/0/../..",
            "/open/0/",
            "/append/0/",
            "/admin/0?cmd=%zz&cmd",
            "/a?b?c=%",
            "/%2f%2f")) {
      int status = depot.get(path, "Client-Release: 5.11").status();
      assertThat(status).as(path).isIn(200, 400, 403, 404, 503);
    }
    assertThat(depot.get("/open/0/a%401", "Client-Release: x.y").status()).isEqualTo(400);
    assertThat(depot.get(FILE, "Range: bytes=0-0-0,,-").status()).isEqualTo(200);
    assertThat(depot.get(FILE, "If-Modified-Since: \u00ff\u00fe").status()).isEqualTo(200);
  }
}
