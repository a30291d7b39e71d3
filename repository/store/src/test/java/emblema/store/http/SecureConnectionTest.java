package emblema.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import emblema.core.error.AccessException;
import emblema.core.error.MalformedException;
import emblema.core.error.UnreachableException;
import emblema.core.error.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Depots that are reached over TLS, and that ask who the client is. */
class SecureConnectionTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @SuppressWarnings("NullAway.Init") // filled in before the first test
  @TempDir
  static Path directory;

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private HttpsServer server;

  @BeforeAll
  static void makeKeys() throws Exception {
    makeKey("server", "-ext", "san=ip:127.0.0.1");
    makeKey("client");
    makeKey("expired", "-startdate", "-10d", "-validity", "5");
  }

  @BeforeEach
  void start() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store("server"), PASSWORD);
    KeyStore clients = KeyStore.getInstance("PKCS12");
    clients.load(null, PASSWORD);
    clients.setCertificateEntry("client", store("client").getCertificate("client"));
    try (InputStream in = resource("older.pem")) {
      clients.setCertificateEntry(
          "older", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(clients);
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = context.getDefaultSSLParameters();
            ssl.setNeedClientAuth(true);
            parameters.setSSLParameters(ssl);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = "pkg-server test\nversions 0\n".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** The JDK's own tool makes a key with a certificate that it signs itself. */
  private static void makeKey(String name, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name));
    command.addAll(
        List.of("-storepass", "changeit", "-keystore", directory.resolve(name).toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    KeyStore store = store(name);
    writePem(name + ".pem", "CERTIFICATE", store.getCertificate(name).getEncoded());
    writePem(name + ".key", "PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded());
  }

  private static KeyStore store(String name) throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(directory.resolve(name).toFile(), PASSWORD);
  }

  private static void writePem(String name, String type, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
  }

  /** What OpenSSL made: a key in the older form of EC keys, its certificate, the key encrypted. */
  private static InputStream resource(String name) {
    return Objects.requireNonNull(SecureConnectionTest.class.getResourceAsStream("/tls/" + name));
  }

  private static Optional<Path> copied(String name) throws IOException {
    Path copy = directory.resolve(name);
    try (InputStream in = resource(name)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return Optional.of(copy);
  }

  private HttpSettings trusting(String name) {
    Path file = directory.resolve(name + ".pem");
    return HttpSettings.of("test", Map.of("SSL_CERT_FILE", file.toString()))
        .withPatience(2, java.time.Duration.ofSeconds(5), java.time.Duration.ofMillis(1));
  }

  private Access as(String name) {
    return Access.of(
        Optional.of(directory.resolve(name + ".key")),
        Optional.of(directory.resolve(name + ".pem")));
  }

  private String versions(Access access, HttpSettings settings) {
    String address = "https://127.0.0.1:" + server.getAddress().getPort() + "/";
    try (Wire wire = new Wire(address, access, settings)) {
      return new String(wire.document("versions/0/", 1 << 16, false), StandardCharsets.UTF_8);
    }
  }

  @Test
  void introducesItselfByItsCertificate() {
    assertThat(versions(as("client"), trusting("server"))).startsWith("pkg-server");
  }

  @Test
  void takesKeysInTheOlderFormButNoneThatAreEncrypted() throws Exception {
    Access older = Access.of(copied("older.key"), copied("older.pem"));
    assertThat(versions(older, trusting("server"))).startsWith("pkg-server");
    Access locked = Access.of(copied("locked.key"), copied("older.pem"));
    assertThatThrownBy(() -> versions(locked, trusting("server")))
        .isInstanceOf(MalformedException.class)
        .hasMessageEndingWith("locked.key' is protected by a pass phrase");
  }

  @Test
  void doesNotTrustAServerThatNobodyVouchesFor() {
    assertThatThrownBy(() -> versions(as("client"), trusting("client")))
        .isInstanceOf(UnreachableException.class)
        .satisfies(
            e ->
                assertThat(((UnreachableException) e).detail().orElse(""))
                    .contains("the secure connection failed")
                    .doesNotContain("attempts"));
  }

  @Test
  void isTurnedAwayWithoutACertificate() {
    assertThatThrownBy(() -> versions(Access.PLAIN, trusting("server")))
        .isInstanceOf(UnreachableException.class);
  }

  @Test
  void saysWhatIsWrongWithKeysBeforeItConnects() throws IOException {
    assertThatThrownBy(() -> versions(as("expired"), trusting("server")))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("expired.pem' has expired");
    assertThatThrownBy(() -> versions(as("absent"), trusting("server")))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("absent.pem");
    Access half = Access.of(Optional.of(directory.resolve("client.key")), Optional.empty());
    assertThatThrownBy(() -> versions(half, trusting("server"))).isInstanceOf(UsageException.class);
    Files.writeString(directory.resolve("absent.pem"), "no certificate");
    Files.writeString(directory.resolve("absent.key"), "no key");
    assertThatThrownBy(() -> versions(as("absent"), trusting("server")))
        .isInstanceOf(MalformedException.class);
  }
}
