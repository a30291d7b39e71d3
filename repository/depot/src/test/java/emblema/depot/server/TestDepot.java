package emblema.depot.server;

import emblema.core.event.EventSink;
import emblema.depot.metrics.Metrics;
import emblema.depot.operation.DepotOptions;
import emblema.depot.operation.IndexKeeper;
import emblema.depot.operation.Maintenance;
import emblema.depot.operation.Operations;
import emblema.depot.operation.PublicationPolicy;
import emblema.depot.operation.ServicePages;
import emblema.store.file.FileRepository;
import emblema.store.search.RepositorySearch;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A depot on a free port of this machine, and a client that says exactly what it is told. */
final class TestDepot implements AutoCloseable {
  static final DepotOptions OPTIONS =
      new DepotOptions("test", false, false, Set.of(), PublicationPolicy.OPEN);

  private final FileRepository repository;
  private final RepositorySearch indexes;
  private final IndexKeeper keeper;
  private final Maintenance maintenance;
  private final DepotServer server;
  final ByteArrayOutputStream accesses = new ByteArrayOutputStream();
  final List<String> log = new CopyOnWriteArrayList<>();

  TestDepot(Path root, DepotOptions options, ServerOptions listening, InstantSource clock) {
    repository = FileRepository.open(root);
    Metrics metrics = new Metrics(clock.instant());
    indexes = new RepositorySearch(repository, clock, EventSink.QUIET);
    keeper = new IndexKeeper(repository, indexes, log::add);
    maintenance = new Maintenance(repository, clock, log::add, keeper::run);
    server =
        DepotServer.start(
            new Operations(repository, clock, log::add, metrics, indexes)
                .with(new ServicePages(repository, metrics, clock))
                .depot(options, maintenance),
            listening,
            metrics,
            Optional.of(accesses),
            clock);
  }

  static TestDepot of(Path root) {
    return new TestDepot(root, OPTIONS, ServerOptions.local(), InstantSource.system());
  }

  /** A resource that the reference made. */
  static Path golden(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(TestDepot.class.getResource("/golden/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy of the repository that the reference made. */
  static Path goldenRepository(Path directory) throws IOException {
    Path source = golden("repo");
    Path copy = directory.resolve("repo");
    try (Stream<Path> all = Files.walk(source)) {
      for (Path each : all.toList()) {
        Path to = copy.resolve(source.relativize(each).toString());
        Files.copy(each, to);
        if (Files.isRegularFile(to)) {
          Files.setLastModifiedTime(to, FileTime.from(Instant.parse("2026-11-20T20:43:49Z")));
        }
      }
    }
    return copy;
  }

  int port() {
    return server.port();
  }

  FileRepository repository() {
    return repository;
  }

  /** Search indexes are not kept up to date by themselves in tests. */
  void index() {
    repository.publishers().forEach(indexes::refresh);
  }

  Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** Sends bytes on a connection of their own. */
  RawResponse send(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean head = new String(request, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
      return RawResponse.read(in, head);
    }
  }

  /** A request without a body; each header is a line. */
  RawResponse send(String method, String path, String... headers) throws IOException {
    return send(method, path, new byte[0], headers);
  }

  RawResponse send(String method, String path, byte[] body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    head.append("Host: localhost\r\nConnection: close\r\n");
    if (method.equals("POST") || method.equals("PUT")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return send(request.toByteArray());
  }

  RawResponse get(String path, String... headers) throws IOException {
    return send("GET", path, headers);
  }

  @Override
  public void close() {
    server.close();
    maintenance.close();
    keeper.close();
    indexes.close();
    repository.close();
  }
}
