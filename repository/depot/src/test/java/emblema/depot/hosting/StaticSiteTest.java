package emblema.depot.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.error.ConflictException;
import emblema.core.error.UsageException;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.ManifestReader;
import emblema.store.file.FileRepository;
import emblema.store.http.HttpOrigin;
import emblema.store.http.HttpSettings;
import emblema.store.publication.Publication;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web servers of this machine, with our configuration, asked as clients ask. */
class StaticSiteTest {
  private static final String CORE = "base%2Fcore@2.0%2C5.11-1.2.3%3A20250301T000001Z";

  @TempDir private Path directory = Path.of("unset");

  @BeforeEach
  void copyTheRepository() throws IOException, URISyntaxException {
    Path source =
        Path.of(Objects.requireNonNull(StaticSiteTest.class.getResource("/golden/repo")).toURI());
    try (Stream<Path> all = Files.walk(source)) {
      for (Path each : all.toList()) {
        Files.copy(each, directory.resolve("repo").resolve(source.relativize(each).toString()));
      }
    }
  }

  private StaticSite.Options options(
      StaticSite.Server server, int port, Map<String, Path> repositories) {
    return new StaticSite.Options(
        repositories,
        server,
        "127.0.0.1",
        port,
        directory.resolve("run"),
        directory.resolve("log"),
        "",
        false);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Optional<String> program(String... names) {
    return Stream.of(names)
        .flatMap(name -> Stream.of("/usr/sbin/", "/usr/bin/").map(place -> place + name))
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  /** A web server in the foreground, ended by its process. */
  private record WebServer(Process process, int port) implements AutoCloseable {
    static WebServer start(int port, Path log, List<String> command) throws Exception {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("EMBLEMA_APACHE_MODULES", "/usr/lib/apache2/modules");
      Process process = builder.redirectOutput(log.toFile()).start();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (true) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
          return new WebServer(process, port);
        } catch (IOException e) {
          if (!process.isAlive() || System.nanoTime() > end) {
            process.destroyForcibly();
            throw new AssertionError("the server does not start: " + Files.readString(log), e);
          }
          Thread.sleep(50);
        }
      }
    }

    /** Sent exactly so. */
    String ask(String method, String target, String... headers) throws IOException {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.setSoTimeout(30_000);
        String head =
            method
                + " "
                + target
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + String.join("", Stream.of(headers).map(header -> header + "\r\n").toList())
                + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }

    int status(String method, String target, String... headers) throws IOException {
      return Integer.parseInt(ask(method, target, headers).split(" ", 3)[1]);
    }

    @Override
    public void close() throws InterruptedException {
      process.destroy();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private WebServer nginx(Map<String, Path> repositories) throws Exception {
    Optional<String> program = program("nginx");
    assumeTrue(program.isPresent(), "nginx is not installed");
    // its processes must be able to read what the test's user made
    Stream.iterate(directory, Objects::nonNull, Path::getParent)
        .limit(1)
        .forEach(path -> assertThat(path.toFile().setExecutable(true, false)).isTrue());
    assertThat(directory.toFile().setReadable(true, false)).isTrue();
    int port = freePort();
    Path file =
        new StaticSite(options(StaticSite.Server.NGINX, port, repositories), InstantSource.system())
            .write();
    return WebServer.start(
        port,
        directory.resolve("nginx.txt"),
        List.of(program.get(), "-c", file.toString(), "-g", "daemon off;"));
  }

  @Test
  void nginxServesAllOfARepositoryToOurClient() throws Exception {
    Path repository = directory.resolve("repo");
    try (WebServer server = nginx(Map.of("", repository))) {
      compare(repository, "http://127.0.0.1:" + server.port() + "/");
    }
  }

  @Test
  void nginxServesSeveralRepositoriesBelowTheirPrefixes() throws Exception {
    Path repository = directory.resolve("repo");
    Path second = directory.resolve("second");
    try (FileRepository made = FileRepository.create(second)) {
      made.addPublisher("other.example", InstantSource.system());
      publish(made, "other@1");
    }
    try (WebServer server = nginx(Map.of("first", repository, "second", second))) {
      String base = "http://127.0.0.1:" + server.port() + "/";
      compare(repository, base + "first/");
      compare(second, base + "second/");
      try (FileRepository open = FileRepository.open(second)) {
        publish(open, "later@1");
      }
      assertThat(compare(second, base + "second/"))
          .as("publications are seen at once")
          .isEqualTo(2);
      assertThat(server.status("GET", "/publisher/0")).isEqualTo(404);
    }
  }

  private static void publish(FileRepository repository, String name) {
    try (Publication publication = repository.publish(InstantSource.system())) {
      publication.add(
          Fmri.parse("pkg://other.example/" + name),
          ManifestReader.read("set name=pkg.summary value=x\n", "test"),
          action -> {
            throw new IllegalStateException();
          });
      publication.commit();
    }
  }

  /** Everything that a client can read is what the repository has; how many packages there are. */
  private static int compare(Path root, String address) throws IOException {
    List<Fmri> packages = new ArrayList<>();
    try (FileRepository stored = FileRepository.open(root);
        HttpOrigin served = HttpOrigin.open(address, HttpSettings.of("test", Map.of()))) {
      assertThat(served.publishers()).isEqualTo(stored.publishers());
      for (String publisher : stored.publishers()) {
        served.catalog(publisher).forEach(entry -> packages.add(entry.fmri()));
        List<Fmri> expected = new ArrayList<>();
        stored.catalog(publisher).forEach(entry -> expected.add(entry.fmri()));
        assertThat(packages).containsAll(expected);
      }
      for (Fmri fmri : packages) {
        byte[] manifest = stored.manifest(fmri);
        assertThat(served.manifest(fmri)).as(fmri.toString()).isEqualTo(manifest);
        for (var action :
            ManifestReader.read(new String(manifest, StandardCharsets.UTF_8), "test").actions()) {
          String payload = action.payload();
          String publisher = fmri.publisherIfAny().orElseThrow();
          if (payload != null && payload.matches("[0-9a-f]{40}")) {
            try (InputStream one = served.payload(publisher, payload);
                InputStream other = stored.payload(publisher, payload)) {
              assertThat(one.readAllBytes()).isEqualTo(other.readAllBytes());
            }
          }
        }
      }
      assertThat(served.status().find("repository")).isPresent();
    }
    return packages.size();
  }

  @Test
  void nginxAnswersTheRealClientsAddressesAndNothingElse() throws Exception {
    try (WebServer server = nginx(Map.of("", directory.resolve("repo")))) {
      answers(server);
      String attributes = server.ask("GET", "/alpha.example/catalog/1/catalog.attrs");
      assertThat(attributes).contains("Cache-Control: no-cache");
      String file = "/alpha.example/file/1/88997bdcb5e3bb1d53649afee69e28ba9bb03cca";
      assertThat(server.ask("GET", file))
          .contains("Content-Type: application/data")
          .contains("max-age=31536000");
      assertThat(server.status("GET", file, "Range: bytes=5-9")).isEqualTo(206);
      String modified =
          server
              .ask("HEAD", file)
              .lines()
              .filter(line -> line.startsWith("Last-Modified"))
              .findFirst()
              .orElseThrow();
      assertThat(server.status("GET", file, modified.replace("Last-Modified", "If-Modified-Since")))
          .isEqualTo(304);
    }
  }

  private static void answers(WebServer server) throws IOException {
    for (String target :
        List.of(
            "/versions/0/",
            "/versions/0",
            "/alpha.example/versions/0/",
            "/publisher/0/",
            "/publisher/1/",
            "/alpha.example/publisher/0",
            "/status/0",
            "/catalog/1/catalog.attrs",
            "/alpha.example/catalog/1/catalog.attrs",
            "/alpha.example/catalog/1/catalog.base.C",
            "/alpha.example/catalog/1/update.20261120T20Z.C",
            "/beta.example/catalog/1/catalog.summary.C",
            "/manifest/0/" + CORE,
            "/alpha.example/manifest/0/" + CORE,
            "/alpha.example/file/1/88997bdcb5e3bb1d53649afee69e28ba9bb03cca",
            "/alpha.example/file/0/88997bdcb5e3bb1d53649afee69e28ba9bb03cca",
            "/file/1/88997bdcb5e3bb1d53649afee69e28ba9bb03cca")) {
      assertThat(server.status("GET", target)).as(target).isEqualTo(200);
      assertThat(server.status("HEAD", target)).as(target).isEqualTo(200);
      assertThat(server.status("POST", target, "Content-Length: 0")).as(target).isIn(403, 405);
    }
    for (String target :
        List.of(
            "/",
            "/pkg5.repository",
            "/alpha.example/pub.p5i",
            "/alpha.example/catalog/1/../pub.p5i",
            "/alpha.example/catalog/1/..%2fpub.p5i",
            "/alpha.example/manifest/0/..@1",
            "/alpha.example/manifest/0/..%2f..%2f@1",
            "/alpha.example/manifest/0/%2e%2e@..%2fpkg5.repository",
            "/alpha.example/manifest/0/base%2Fcore@9",
            "/alpha.example/manifest/0/",
            "/alpha.example/file/1/../../../pkg5.repository",
            "/alpha.example/file/1/88",
            "/alpha.example/tmp/lock",
            "/alpha.example/index/lock",
            "/nobody.example/catalog/1/catalog.attrs",
            "/alphaXexample/catalog/1/catalog.attrs",
            "/search/1/False_2_None_None_core",
            "/open/0/x@1",
            "/admin/0")) {
      assertThat(server.status("GET", target)).as(target).isIn(400, 403, 404);
    }
  }

  @Test
  void apacheAnswersTheSameAddresses() throws Exception {
    Optional<String> program = program("apache2", "httpd");
    assumeTrue(program.isPresent(), "Apache is not installed");
    int port = freePort();
    Path file =
        new StaticSite(
                options(StaticSite.Server.APACHE, port, Map.of("", directory.resolve("repo"))),
                InstantSource.system())
            .write();
    assertThat(directory.toFile().setExecutable(true, false)).isTrue();
    try (WebServer server =
        WebServer.start(
            port,
            directory.resolve("apache.txt"),
            List.of(program.get(), "-f", file.toString(), "-DFOREGROUND"))) {
      answers(server);
      compare(directory.resolve("repo"), "http://127.0.0.1:" + port + "/");
    }
  }

  @Test
  void aFragmentHasNoServerOfItsOwn() throws IOException {
    for (StaticSite.Server each : StaticSite.Server.values()) {
      StaticSite.Options fragment =
          new StaticSite.Options(
              Map.of("main", directory.resolve("repo")),
              each,
              "",
              80,
              directory.resolve("run"),
              directory.resolve("log"),
              "pkgs",
              true);
      String text = Files.readString(new StaticSite(fragment, InstantSource.system()).write());
      assertThat(text).contains("/pkgs/main/").doesNotContain("listen ").doesNotContain("Listen ");
      assertThat(directory.resolve("log")).doesNotExist();
    }
  }

  @Test
  void refusesWhatCannotBeServed() throws IOException {
    FileRepository.create(directory.resolve("old"), 3).close();
    assertThatThrownBy(() -> write(Map.of("", directory.resolve("old"))))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("version 3");
    for (String prefix : List.of("a b", "..", "a/b", "\"")) {
      assertThatThrownBy(() -> write(Map.of(prefix, directory.resolve("repo"))))
          .isInstanceOf(UsageException.class);
    }
    Path odd = directory.resolve("a\"; b");
    FileRepository.create(odd).close();
    assertThatThrownBy(() -> write(Map.of("", odd))).isInstanceOf(UsageException.class);
  }

  private Path write(Map<String, Path> repositories) {
    return new StaticSite(
            options(StaticSite.Server.NGINX, 8080, repositories), InstantSource.system())
        .write();
  }
}
