package emblema.depot.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.UsageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.depot.metrics.Metrics;
import emblema.depot.operation.ContentFiles;
import emblema.depot.operation.Depot;
import emblema.depot.operation.DepotOptions;
import emblema.depot.operation.Freshness;
import emblema.depot.operation.IndexKeeper;
import emblema.depot.operation.Maintenance;
import emblema.depot.operation.Operations;
import emblema.depot.operation.PublicationPolicy;
import emblema.depot.operation.ServicePages;
import emblema.depot.server.DepotServer;
import emblema.depot.server.ServerOptions;
import emblema.depot.server.TlsFiles;
import emblema.depot.web.WebPages;
import emblema.store.file.FileRepository;
import emblema.store.file.LockWait;
import emblema.store.search.RepositorySearch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a depot of what was typed. */
final class DepotStart {
  private static final String VERSION = "emblema-0.1.0";
  private static final Duration INDEX_PAUSE = Duration.ofSeconds(2);

  private static final Duration CLIENTS_WAIT = Duration.ofSeconds(20);

  private final Arguments arguments;
  private final Session session;
  private final Path root;

  DepotStart(Arguments arguments, Session session, Path root) {
    this.arguments = arguments;
    this.session = session;
    this.root = root;
  }

  /** Prepares the repository as told, then begins to listen. */
  RunningDepot start() {
    ServerOptions listening = listening();
    PublicationPolicy policy = policy(listening);
    boolean writable = !arguments.has("--readonly") && !arguments.has("--mirror");
    Optional<ContentFiles> content = content();
    LogTarget errors = LogTarget.of(arguments.value("--log-errors", "stderr"), session);
    FileRepository repository = FileRepository.open(root).waiting(lockWait(errors));
    LogTarget accesses = LogTarget.of(arguments.value("--log-access", "none"), session);
    GivenProperties.set(repository, arguments, session, writable);
    Metrics metrics = new Metrics(session.clock().instant());
    RepositorySearch indexes = indexes(repository);
    prepare(repository, writable);
    if (arguments.has("--refresh-index") && keepsIndexes(writable)) {
      repository.publishers().forEach(indexes::refresh);
    }
    IndexKeeper keeper = new IndexKeeper(repository, indexes, errors::line);
    Maintenance maintenance =
        new Maintenance(repository, session.clock(), errors::line, keeper::run);
    DepotOptions options =
        new DepotOptions(
            VERSION, arguments.has("--readonly"), arguments.has("--mirror"), disabled(), policy);
    Operations operations =
        new Operations(repository, session.clock(), errors::line, metrics, indexes)
            .with(new ServicePages(repository, metrics, session.clock()));
    content.ifPresent(operations::with);
    Depot depot =
        operations.with(new WebPages(repository, indexes, proxyBase())).depot(options, maintenance);
    if (writable && policy.isClosed()) {
      session.warn(PublicationPolicy.CLOSED);
    }
    DepotServer server =
        DepotServer.start(depot, listening, metrics, accesses.streamIfAny(), session.clock());
    if (keepsIndexes(writable)) {
      keeper.start(INDEX_PAUSE);
    }
    List<AutoCloseable> parts = new ArrayList<>(List.of(server, maintenance, keeper, indexes));
    content.ifPresent(parts::add);
    parts.addAll(List.of(accesses, errors, repository));
    return new RunningDepot(address(listening, server), repository.root(), parts);
  }

  /** Less than clients wait for an answer, so that they are told who is in the way. */
  private static LockWait lockWait(LogTarget errors) {
    return LockWait.USUAL
        .atMost(CLIENTS_WAIT)
        .telling(
            event -> {
              if (event instanceof Event.Warning warning) {
                errors.line(warning.text());
              }
            });
  }

  private Optional<ContentFiles> content() {
    return arguments
        .value("--content-root")
        .or(() -> session.environment("PKG_DEPOT_CONTENT"))
        .map(session::resolve)
        .map(root -> ContentFiles.open(root, new Freshness(session.clock())));
  }

  private RepositorySearch indexes(FileRepository repository) {
    EventSink quiet = EventSink.QUIET;
    return arguments
        .value("--writable-root")
        .map(session::resolve)
        .map(place -> RepositorySearch.elsewhere(repository, place, session.clock(), quiet))
        .orElseGet(() -> new RepositorySearch(repository, session.clock(), quiet));
  }

  /** A depot that only reads writes no index either, unless it has a place of its own for it. */
  private boolean keepsIndexes(boolean writable) {
    return !arguments.has("--mirror") && (writable || arguments.has("--writable-root"));
  }

  private Optional<String> proxyBase() {
    return arguments.value("--proxy-base").map(base -> base.endsWith("/") ? base : base + "/");
  }

  private void prepare(FileRepository repository, boolean writable) {
    if (!writable) {
      return;
    }
    repository.transactions(session.clock()).recover();
    for (String publisher : repository.publishers()) {
      if (arguments.has("--rebuild")) {
        repository.rebuildCatalog(publisher, session.clock(), session.events());
      } else if (arguments.has("--add-content")) {
        repository.refreshCatalog(publisher, session.clock(), session.events());
      }
    }
  }

  private Set<String> disabled() {
    Set<String> disabled = new HashSet<>();
    for (String given : arguments.values("--disable-ops")) {
      for (String each : given.split(",", -1)) {
        if (!each.matches("[a-z0-9]+(/[0-9]+)?")) {
          throw new UsageException("invalid operation specified: '" + each + "'");
        }
        disabled.add(each);
      }
    }
    return disabled;
  }

  private ServerOptions listening() {
    ServerOptions usual = ServerOptions.local();
    boolean secure = arguments.has("--ssl-cert-file");
    int port = (int) number("-p", secure ? 443 : 80, 65_535);
    Optional<TlsFiles> tls =
        arguments
            .value("--ssl-cert-file")
            .map(
                certificate ->
                    new TlsFiles(
                        session.resolve(certificate),
                        session.resolve(arguments.required("--ssl-key-file")),
                        PassPhrase.of(arguments.value("--ssl-dialog", "builtin"), port),
                        arguments.value("--client-ca").map(session::resolve),
                        arguments.has("--require-client-certificate")));
    List<String> addresses = arguments.values("-a");
    return new ServerOptions(
        addresses.isEmpty() ? usual.addresses() : addresses,
        port,
        tls,
        Duration.ofSeconds(number("-t", usual.idle().toSeconds(), 86_400)),
        usual.headers(),
        usual.slowest(),
        usual.patience(),
        number("--max-upload", usual.largestUpload(), Long.MAX_VALUE),
        (int) number("-s", usual.connections(), 1_000_000),
        Duration.ofSeconds(number("--stop-timeout", usual.grace().toSeconds(), 86_400)));
  }

  private long number(String option, long otherwise, long most) {
    Optional<String> given = arguments.value(option);
    if (given.isEmpty()) {
      return otherwise;
    }
    if (!given.get().matches("[0-9]{1,18}") || Long.parseLong(given.get()) > most) {
      throw arguments.invalid(option, "a number up to " + most);
    }
    return Long.parseLong(given.get());
  }

  private PublicationPolicy policy(ServerOptions listening) {
    List<String> tokens =
        arguments
            .value("--token-file")
            .map(session::resolve)
            .map(TokenFile::read)
            .orElse(List.of());
    boolean certificates = listening.tls().flatMap(TlsFiles::clients).isPresent();
    return new PublicationPolicy(Loopback.areAll(listening.addresses()), tokens, certificates);
  }

  private static String address(ServerOptions listening, DepotServer server) {
    String host = listening.addresses().getFirst();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    String scheme = listening.tls().isPresent() ? "https" : "http";
    return scheme + "://" + shown + ":" + server.port() + "/";
  }
}
