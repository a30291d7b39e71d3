package emblema.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import emblema.core.error.UsageException;
import emblema.core.sign.PrivateKeyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proxies that want user and password, for plain and for secure addresses. */
class ProxyTest {
  private static final String ANSWER = "pkg-server test\nversions 0\n";
  private static final String WORD =
      "Basic "
          + Base64.getEncoder().encodeToString("me@work:s3cr:t".getBytes(StandardCharsets.UTF_8));

  @TempDir Path directory;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private HttpsServer secure;

  @SuppressWarnings("NullAway.Init")
  private ServerSocket proxy;

  @BeforeEach
  void start() throws Exception {
    Files.write(directory.resolve("depot.pem"), resource("depot.pem"));
    Certificate certificate;
    try (InputStream in = Files.newInputStream(directory.resolve("depot.pem"))) {
      certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "depot",
        PrivateKeyFile.read(resource("depot.key"), "depot.key"),
        new char[0],
        new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    InetAddress here = InetAddress.getLoopbackAddress();
    secure = HttpsServer.create(new InetSocketAddress(here, 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(context));
    secure.createContext(
        "/",
        exchange -> {
          byte[] bytes = ANSWER.getBytes(StandardCharsets.UTF_8);
          heads.add("inside: " + exchange.getRequestHeaders().keySet());
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    secure.start();
    proxy = new ServerSocket(0, 50, here);
    Thread.ofVirtual().start(this::serve);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ProxyTest.class.getResourceAsStream("/tls/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    secure.stop(0);
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = proxy.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = socket.getInputStream().read();
        if (b < 0) {
          return;
        }
        head.append((char) b);
      }
      heads.add(head.toString());
      OutputStream out = socket.getOutputStream();
      if (!head.toString().contains("Proxy-Authorization: " + WORD + "\r\n")) {
        out.write(
            "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
      } else if (head.toString().startsWith("CONNECT depot.example:443 ")) {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        try (Socket depot = new Socket(proxy.getInetAddress(), secure.getAddress().getPort())) {
          Thread back = Thread.ofVirtual().start(() -> pipe(depot, socket));
          pipe(socket, depot);
          back.join();
        }
      } else {
        out.write(
            ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                    + ANSWER.length()
                    + "\r\n\r\n"
                    + ANSWER)
                .getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // the other end is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // the other end is gone
    }
  }

  private String ask(String address, String userAndPassword) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ProxiedRequest.class.getName(),
            address);
    builder
        .environment()
        .putAll(
            Map.of(
                "all_proxy",
                "http://" + userAndPassword + "127.0.0.1:" + proxy.getLocalPort(),
                "SSL_CERT_FILE",
                directory.resolve("depot.pem").toString(),
                "PKG_CLIENT_MAX_TIMEOUT",
                "1"));
    List.of("http_proxy", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY")
        .forEach(builder.environment()::remove);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  @Test
  void areToldUserAndPasswordOnPlainRequests() throws Exception {
    assertThat(ask("http://depot.example/", "me%40work:s3cr%3At@")).isEqualTo(ANSWER);
    assertThat(heads).singleElement().asString().startsWith("GET http://depot.example/versions/0/");
  }

  @Test
  void areToldUserAndPasswordBeforeATunnelWhoseOtherEndIsNot() throws Exception {
    assertThat(ask("https://depot.example/", "me%40work:s3cr%3At@")).isEqualTo(ANSWER);
    assertThat(heads).hasSize(2);
    assertThat(heads.getFirst()).startsWith("CONNECT depot.example:443 ");
    assertThat(heads.getLast()).startsWith("inside: ").doesNotContainIgnoringCase("proxy");
  }

  @Test
  void thatAreToldNothingRefuse() throws Exception {
    for (String address : List.of("http://depot.example/", "https://depot.example/")) {
      assertThat(ask(address, ""))
          .startsWith("the proxy does not let us ask '" + address)
          .contains("407");
    }
  }

  @Test
  void thatCannotBeReadAreNotRepeatedWithTheirPassword() {
    Proxies proxies = new Proxies("http://me:secret@no host", "", List.of());
    assertThatThrownBy(() -> proxies.proxyFor(URI.create("http://depot.example/")))
        .isInstanceOf(UsageException.class)
        .hasMessage("'...@no host' is not the address of a proxy");
  }
}
