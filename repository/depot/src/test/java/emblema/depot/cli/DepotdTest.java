package emblema.depot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.file.FileRepository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user starts and stops it. */
class DepotdTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;
  private Path root = Path.of("unset");

  @BeforeEach
  void makeARepository() {
    root = directory.resolve("repo");
    try (FileRepository repository = FileRepository.create(root)) {
      repository.addPublisher("p.example");
    }
  }

  @Test
  void servesUntilItIsToldToStopAndLogsAccesses() throws Exception {
    Path log = directory.resolve("access.log");
    try (DepotProcess depot = DepotProcess.start(root, "--log-access", log.toString())) {
      assertThat(depot.port()).as(depot.lines().toString()).isPositive();
      HttpClient client = HttpClient.newHttpClient();
      assertThat(depot.get(client, "http", "/versions/0/").body()).startsWith("pkg-server ");
      assertThat(depot.get(client, "http", "/health").body()).isEqualTo("ok\n");
      assertThat(depot.get(client, "http", "/metrics").body())
          .contains("emblema_depot_requests_total{operation=\"versions\"} 1");
      assertThat(depot.get(client, "http", "/open/0/a%401", "Client-Release", "5.11").statusCode())
          .isEqualTo(200);
      assertThat(depot.terminate()).isZero();
    }
    assertThat(log)
        .content()
        .contains("\"GET /versions/0/ HTTP/1.1\" 200 ")
        .contains("\"GET /open/0/a%401 HTTP/1.1\" 200 ");
  }

  @Test
  void takesNoPublicationsBeyondThisMachineAndSaysWhy() throws Exception {
    try (DepotProcess depot = DepotProcess.start(root, "-a", "0.0.0.0")) {
      assertThat(String.join("\n", depot.lines())).contains("accepts no publications");
      HttpClient client = HttpClient.newHttpClient();
      var refused = depot.get(client, "http", "/open/0/a%401", "Client-Release", "5.11");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("--token-file");
      assertThat(depot.get(client, "http", "/publisher/0/").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void takesPublicationsOfThoseWhoKnowAToken() throws Exception {
    Path tokens = directory.resolve("tokens");
    Files.writeString(tokens, "# ours\n" + TOKEN + "\n");
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    try (DepotProcess depot =
        DepotProcess.start(root, "-a", "0.0.0.0", "--token-file", tokens.toString())) {
      HttpClient client = HttpClient.newHttpClient();
      assertThat(depot.get(client, "http", "/open/0/a%401", "Client-Release", "5.11").statusCode())
          .isEqualTo(401);
      assertThat(
              depot
                  .get(
                      client,
                      "http",
                      "/open/0/a%401",
                      "Client-Release",
                      "5.11",
                      "Authorization",
                      "Bearer " + TOKEN)
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void servesTheSitesOwnPagesBesideThoseOfThePackages() throws Exception {
    Path site = Files.createDirectory(directory.resolve("site"));
    Files.writeString(site.resolve("index.html"), "<h1>Our packages</h1>");
    Files.createSymbolicLink(site.resolve("up"), directory);
    Files.writeString(directory.resolve("secret"), "secret");
    try (DepotProcess depot = DepotProcess.start(root, "--content-root", site.toString())) {
      HttpClient client = HttpClient.newHttpClient();
      assertThat(depot.get(client, "http", "/").body()).isEqualTo("<h1>Our packages</h1>");
      assertThat(depot.get(client, "http", "/ui/").body()).contains("p.example");
      assertThat(depot.get(client, "http", "/up/secret").statusCode()).isEqualTo(404);
      assertThat(depot.get(client, "http", "/versions/0/").body()).startsWith("pkg-server ");
    }
  }

  @Test
  void asksAProgramForThePassPhraseOfItsKey() throws Exception {
    Path pem = made("server.pem");
    String certificate = pem.toString();
    String key = made("encrypted.key").toString();
    Path program = directory.resolve("pass-phrase");
    Files.writeString(program, "#!/bin/sh\n[ -z \"$1\" ] && [ \"$2\" = 0 ] && echo open-sesame\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    try (DepotProcess depot =
        DepotProcess.start(
            root,
            "--ssl-cert-file",
            certificate,
            "--ssl-key-file",
            key,
            "--ssl-dialog",
            "exec:" + program)) {
      assertThat(depot.port()).as(depot.lines().toString()).isPositive();
      try (InputStream in = Files.newInputStream(pem)) {
        Certificate trusted = CertificateFactory.getInstance("X.509").generateCertificate(in);
        HttpClient reader = client(trusted, null);
        assertThat(depot.get(reader, "https", "/versions/0/").statusCode()).isEqualTo(200);
      }
    }
    try (DepotProcess depot =
        DepotProcess.start(root, "--ssl-cert-file", certificate, "--ssl-key-file", key)) {
      assertThat(depot.port()).isZero();
      assertThat(String.join("\n", depot.lines())).contains("--ssl-dialog exec:");
      assertThat(depot.status()).isEqualTo(51);
    }
  }

  /** A file that OpenSSL made. */
  private Path made(String name) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream in = DepotdTest.class.getResourceAsStream("/tls/" + name)) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    return file;
  }

  @Test
  void takesPublicationsOverTlsOfThoseWhoHaveACertificate() throws Exception {
    KeyStore server = identity("server");
    KeyStore client = identity("builder");
    Path clients = pem("clients.pem", "CERTIFICATE", client.getCertificate("it").getEncoded());
    try (DepotProcess depot =
        DepotProcess.start(
            root,
            "-a",
            "0.0.0.0",
            "--ssl-cert-file",
            pem("server.pem", "CERTIFICATE", server.getCertificate("it").getEncoded()).toString(),
            "--ssl-key-file",
            pem("server.key", "PRIVATE KEY", server.getKey("it", PASSWORD).getEncoded()).toString(),
            "--client-ca",
            clients.toString())) {
      assertThat(depot.port()).as(depot.lines().toString()).isPositive();
      HttpClient reader = client(server.getCertificate("it"), null);
      assertThat(depot.get(reader, "https", "/versions/0/").statusCode()).isEqualTo(200);
      assertThat(depot.get(reader, "https", "/open/0/a%401", "Client-Release", "5.11").statusCode())
          .isEqualTo(401);
      HttpClient builder = client(server.getCertificate("it"), client);
      assertThat(
              depot.get(builder, "https", "/open/0/a%401", "Client-Release", "5.11").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void onlyReadsWhenToldSo() throws Exception {
    try (DepotProcess depot =
        DepotProcess.start(root, "--readonly", "--disable-ops", "info,p5i/0")) {
      HttpClient client = HttpClient.newHttpClient();
      assertThat(depot.get(client, "http", "/versions/0/").body())
          .endsWith(
              "\ncatalog 0 1\nfile 0 1 2\nmanifest 0 1\npublisher 0 1\nsearch 0 1\nstatus 0\n"
                  + "versions 0\n");
      var refused = depot.get(client, "http", "/open/0/a%401", "Client-Release", "5.11");
      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(refused.body()).contains("Operation not supported in current server mode.");
    }
    try (DepotProcess depot = DepotProcess.start(root, "--mirror")) {
      HttpClient client = HttpClient.newHttpClient();
      assertThat(depot.get(client, "http", "/versions/0/").body())
          .endsWith("\nfile 0 1 2\npublisher 0 1\nstatus 0\nversions 0\n");
      assertThat(depot.get(client, "http", "/catalog/1/catalog.attrs").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void setsPropertiesAndStopsWhenItCouldServe() throws Exception {
    Path file = Files.writeString(directory.resolve("cfg"), "[repository]\nx = from the file\n");
    try (DepotProcess depot =
        DepotProcess.start(
            root,
            "--exit-ready",
            "--refresh-index",
            "--cfg",
            file.toString(),
            "--set-property",
            "publisher/prefix=other.example")) {
      assertThat(depot.status()).as(depot.lines().toString()).isZero();
    }
    assertThat(root.resolve("pkg5.repository"))
        .content()
        .contains("prefix = other.example")
        .contains("x = from the file");
    assertThat(failure(root, "--readonly", "--set-property", "a/b=c")).contains("--readonly");
    assertThat(failure(root, "--set-property", "nonsense")).contains("section/property=value");
  }

  @Test
  void saysWhatIsWrongWithItsOptions() throws Exception {
    Path open = directory.resolve("open-tokens");
    Files.writeString(open, TOKEN);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(failure(directory, "--readonly")).contains("does not contain a valid package");
    assertThat(failure(root, "-t", "soon")).contains("invalid argument 'soon'");
    assertThat(failure(root, "--disable-ops", "../x")).contains("invalid operation specified");
    assertThat(failure(root, "--ssl-cert-file", "x")).contains("--ssl-key-file");
    assertThat(failure(root, "--ssl-cert-file", "no", "--ssl-key-file", "no"))
        .contains("does not exist");
    assertThat(failure(root, "--token-file", open.toString())).contains("read by everybody");
    assertThat(failure(root, "--log-access", "/nowhere/log")).contains("does not exist");
    assertThat(failure(root, "-a", "192.0.2.1")).contains("cannot listen on");
  }

  private static String failure(Path repository, String... options) throws Exception {
    try (DepotProcess depot = DepotProcess.start(repository, options)) {
      assertThat(depot.port()).isZero();
      assertThat(depot.status()).isIn(1, 2, 51);
      return String.join("\n", depot.lines());
    }
  }

  @Test
  void goesOnWithWhatAnEarlierDepotWasKilledOver() throws Exception {
    String id;
    HttpClient client = HttpClient.newHttpClient();
    try (DepotProcess depot = DepotProcess.start(root)) {
      id =
          depot
              .get(client, "http", "/open/0/a%401", "Client-Release", "5.11")
              .headers()
              .firstValue("transaction-id")
              .orElseThrow();
      depot.kill();
    }
    try (DepotProcess depot = DepotProcess.start(root)) {
      var closed = depot.get(client, "http", "/close/0/" + id);
      assertThat(closed.headers().firstValue("state")).contains("PUBLISHED");
    }
  }

  private KeyStore identity(String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "it",
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-ext",
            "SAN=dns:localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            String.valueOf(PASSWORD),
            "-keystore",
            file.toString());
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private Path pem(String name, String kind, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n",
        StandardCharsets.US_ASCII);
  }

  private static HttpClient client(Certificate trusted, @Nullable KeyStore identity)
      throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(
        "server",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(trusted.getEncoded())));
    TrustManagerFactory trusts =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusts.init(trust);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity, identity == null ? null : PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        identity == null ? null : keys.getKeyManagers(),
        trusts.getTrustManagers(),
        new SecureRandom());
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
