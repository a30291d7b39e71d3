package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import emblema.image.cli.Pkg;
import emblema.it.LiveDepot.Run;
import emblema.publisher.cli.PkgrepoMain;
import emblema.publisher.cli.PkgsignMain;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A package signed over the wire, whose certificate names a revocation list: {@code
 * http://lists.example/root.crl}, which a proxy of the test answers for. The certificates and lists
 * were made with OpenSSL.
 */
class RevocationTest {
  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // each test begins with the method below
  private LiveDepot depot;

  @SuppressWarnings("NullAway.Init")
  private HttpServer proxy;

  /** What the proxy answers with: a resource, {@code cut}, or a status. */
  private volatile String answer = "empty.crl";

  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void publishASignedPackage() throws IOException {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext("/", this::serve);
    proxy.start();
    depot = new LiveDepot(directory);
    depot.publish("app", 1, 3);
    for (String name : List.of("signer.pem", "signer.key")) {
      Files.write(directory.resolve(name), resource(name));
    }
    Files.createDirectory(directory.resolve("anchors"));
    Files.write(directory.resolve("anchors/root.pem"), resource("root.pem"));
    Run signed =
        depot.succeeds(
            PkgsignMain.program(),
            "-s",
            depot.address(),
            "-k",
            "signer.key",
            "-c",
            "signer.pem",
            "app");
    assertThat(signed.out()).contains("Signed pkg://p.example/app@1.0");
    depot.succeeds(
        PkgrepoMain.program(),
        "set",
        "-s",
        "repo",
        "repository/trust-anchor-directory=" + directory.resolve("anchors"),
        "repository/check-certificate-revocation=True");
  }

  @AfterEach
  void stop() {
    depot.close();
    proxy.stop(0);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = RevocationTest.class.getResourceAsStream("revocation/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    try (exchange) {
      if (answer.matches("[0-9]+")) {
        exchange.sendResponseHeaders(Integer.parseInt(answer), -1);
        return;
      }
      byte[] list =
          switch (answer) {
            case "cut" -> resource("revoked.crl");
            case "garbage" -> "<html>no list".getBytes(StandardCharsets.UTF_8);
            default -> resource(answer);
          };
      exchange.sendResponseHeaders(200, list.length);
      exchange.getResponseBody().write(list, 0, answer.equals("cut") ? 100 : list.length);
    }
  }

  private Map<String, String> environment() {
    return Map.of(
        "http_proxy",
        "http://127.0.0.1:" + proxy.getAddress().getPort(),
        "PKG_CLIENT_MAX_TIMEOUT",
        "1");
  }

  private Run pkg(String... words) {
    return depot.run(environment(), "", Pkg.program(), words);
  }

  private void createAnImage() throws IOException {
    assertThat(pkg("image-create", "-F", "-p", depot.address(), "image").status()).isZero();
    Files.createDirectories(directory.resolve("image/etc/ssl/pkg"));
    Files.write(directory.resolve("image/etc/ssl/pkg/root.pem"), resource("root.pem"));
    assertThat(
            pkg("-R", "image", "set-property", "signature-policy", "require-signatures").status())
        .isZero();
    assertThat(pkg("-R", "image", "set-property", "check-certificate-revocation", "True").status())
        .isZero();
  }

  private Run verify() {
    return depot.run(environment(), "", PkgrepoMain.program(), "verify", "-s", "repo");
  }

  @Test
  void anImageTakesNothingSignedByACertificateThatWasRevoked() throws IOException {
    createAnImage();
    answer = "revoked.crl";
    Run run = pkg("-R", "image", "install", "app");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("List Signer").contains("revoked").contains("key_compromise");
    assertThat(directory.resolve("image/opt")).doesNotExist();
    assertThat(asked).containsExactly("http://lists.example/root.crl");
    answer = "500"; // what it knows it keeps
    assertThat(pkg("-R", "image", "install", "app").err()).contains("revoked");
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty.crl", "forged.crl", "garbage", "cut", "404", "503"})
  void aListThatSaysNothingIsIgnored(String said) throws IOException {
    createAnImage();
    answer = said;
    Run run = pkg("-R", "image", "install", "app");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(asked).contains("http://lists.example/root.crl");
  }

  @Test
  void aRepositoryThatAsksForListsFindsRevokedCertificates() {
    Run good = verify();
    assertThat(good.status()).as(good.out() + good.err()).isZero();
    assertThat(good.err()).isEmpty();
    answer = "revoked.crl";
    Run bad = verify();
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.out()).contains("Bad signature.").contains("revoked");
    answer = "404";
    Run unknown = verify();
    assertThat(unknown.status()).as(unknown.out()).isZero();
    assertThat(unknown.err())
        .containsOnlyOnce("a revocation list cannot be had")
        .contains("'http://lists.example/root.crl' does not exist");
    answer = "garbage";
    assertThat(verify().err()).contains("is not a certificate revocation list");
  }

  @Test
  void aRepositoryThatRequiresNamesMissesThem() {
    depot.succeeds(
        PkgrepoMain.program(),
        "set",
        "-s",
        "repo",
        "repository/signature-required-names=(\"List Signer\")");
    assertThat(verify().status()).isZero();
    depot.succeeds(
        PkgrepoMain.program(), "set", "-s", "repo", "repository/signature-required-names=(Boss)");
    Run run = verify();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("Bad signature.").contains("Boss");
  }
}
