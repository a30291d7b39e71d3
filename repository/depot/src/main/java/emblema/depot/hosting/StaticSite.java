package emblema.depot.hosting;

import emblema.core.error.ConflictException;
import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.depot.metrics.Metrics;
import emblema.depot.operation.Body;
import emblema.depot.operation.Depot;
import emblema.depot.operation.DepotOptions;
import emblema.depot.operation.Maintenance;
import emblema.depot.operation.Operations;
import emblema.depot.operation.PublicationPolicy;
import emblema.depot.operation.Request;
import emblema.depot.operation.Response;
import emblema.store.file.FileRepository;
import emblema.store.file.NewDirectory;
import emblema.store.search.RepositorySearch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes what a web server needs to serve repositories read-only without a process of ours: its
 * configuration, and the few documents that no file of a repository is. Files, manifests and
 * catalogs are served from the repositories themselves, so publications are seen at once; only a
 * new publisher, or a changed publisher's configuration, needs this to be written again.
 */
public final class StaticSite {
  private static final String VERSIONS =
      """
      pkg-server emblema-static
      catalog 1
      file 0 1
      manifest 0
      publisher 0 1
      status 0
      versions 0
      """;

  /** Web servers. */
  public enum Server {
    NGINX("nginx.conf"),
    APACHE("depot.conf");

    private final String file;

    Server(String file) {
      this.file = file;
    }
  }

  /**
   * What to write.
   *
   * @param repositories prefixes and the directories of their repositories; an empty prefix is the
   *     root of the site
   * @param host to listen on, or empty for all addresses
   * @param logs where the server writes its logs
   * @param below a first part of all addresses, or empty
   * @param fragment whether the configuration is to be included into one that exists already
   */
  public record Options(
      Map<String, Path> repositories,
      Server server,
      String host,
      int port,
      Path runtime,
      Path logs,
      String below,
      boolean fragment) {
    public Options {
      repositories = Map.copyOf(repositories);
      if (!below.isEmpty() && !below.matches("[A-Za-z0-9][A-Za-z0-9._/-]*")) {
        throw new UsageException("'" + below + "' cannot be the first part of addresses");
      }
      if (!host.isEmpty() && !host.matches("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]")) {
        throw new UsageException("'" + host + "' is not the name of a host");
      }
    }
  }

  private final Options options;
  private final InstantSource clock;

  public StaticSite(Options options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
  }

  /** Writes the documents, then the configuration; where that is. */
  public Path write() {
    List<HostedRepository> hosted = new ArrayList<>();
    try (Disk disk = NewDirectory.make(options.runtime())) {
      put(disk, "htdocs/versions/0/index.html", VERSIONS.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, Path> each :
          options.repositories().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
        hosted.add(documents(disk, each.getKey(), each.getValue()));
      }
      if (!options.fragment()) {
        NewDirectory.make(options.logs()).close();
        for (String name : List.of("body", "proxy", "fastcgi", "uwsgi", "scgi")) {
          ensure(disk, SafePath.of("temporary/" + name));
        }
      }
      SafePath file = new SafePath(options.server().file);
      String text =
          switch (options.server()) {
            case NGINX -> new NginxConfiguration(options, hosted).text();
            case APACHE -> new ApacheConfiguration(options, hosted).text();
          };
      put(disk, file.text(), text.getBytes(StandardCharsets.UTF_8));
      return options.runtime().resolve(file.text());
    }
  }

  private HostedRepository documents(Disk disk, String prefix, Path path) {
    try (FileRepository repository = FileRepository.open(path);
        RepositorySearch search = new RepositorySearch(repository, clock, EventSink.QUIET);
        Maintenance none =
            new Maintenance(repository, clock, line -> {}, (publisher, anew) -> {})) {
      if (repository.version() != 4) {
        throw new ConflictException(
            "the repository '" + path + "' is of version " + repository.version(),
            "only repositories of version 4 can be served so; 'pkg.depotd' serves all");
      }
      HostedRepository hosted =
          new HostedRepository(
              prefix,
              path.toAbsolutePath().normalize(),
              repository.publishers(),
              repository.defaultPublisher());
      Depot depot =
          new Operations(repository, clock, line -> {}, new Metrics(clock.instant()), search)
              .depot(new DepotOptions("", true, false, Set.of(), PublicationPolicy.OPEN), none);
      String below = "htdocs/" + (prefix.isEmpty() ? "_root" : prefix) + "/";
      put(disk, below + "publisher/1/index.html", document(depot, "/publisher/0"));
      put(disk, below + "status/0/index.html", document(depot, "/status/0"));
      for (String publisher : hosted.publishers()) {
        put(
            disk,
            below + publisher + "/publisher/1/index.html",
            document(depot, "/" + publisher + "/publisher/0"));
      }
      return hosted;
    }
  }

  private static byte[] document(Depot depot, String address) {
    Response response = depot.answer(Request.get(address));
    if (response.status() != 200) {
      throw new ConflictException(
          "the repository gives no '" + address + "': status " + response.status());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      switch (response.body()) {
        case Body.Bytes(byte[] bytes) -> out.write(bytes);
        case Body.Streamed(Body.Writer writer) -> writer.write(out);
        case Body.None() -> {}
        case Body.File file -> throw new IllegalStateException("not a document: " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return out.toByteArray();
  }

  private static void put(Disk disk, String name, byte[] content) {
    SafePath path = SafePath.of(name);
    ensure(disk, path.parent().orElse(SafePath.ROOT));
    AtomicFile.write(disk, path, 0644, content, Durability.FULL);
  }

  private static void ensure(Disk disk, SafePath directory) {
    if (directory.isRoot() || disk.stat(directory).isPresent()) {
      return;
    }
    directory.parent().ifPresent(parent -> ensure(disk, parent));
    disk.makeDirectory(directory, 0755);
  }
}
