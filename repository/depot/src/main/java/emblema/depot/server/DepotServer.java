package emblema.depot.server;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.depot.metrics.Metrics;
import emblema.depot.operation.Depot;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A depot that listens. What only looks up a stored file is answered where its request was read,
 * without another thread; every other request has a virtual thread. {@link #close} lets requests
 * that are being answered come to their end, for a while.
 */
public final class DepotServer implements AutoCloseable {
  private static final int HEADERS = 64 << 10;
  private static final int SELECTORS = Math.min(8, Runtime.getRuntime().availableProcessors());

  private final Server server;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watch").factory());
  private final Optional<AccessLog> log;

  private DepotServer(Server server, Optional<AccessLog> log) {
    this.server = server;
    this.log = log;
  }

  /**
   * Begins to listen.
   *
   * @param accesses gets a line a request, if anybody wants it; not closed
   * @param clock for those lines
   */
  public static DepotServer start(
      Depot depot,
      ServerOptions options,
      Metrics metrics,
      Optional<OutputStream> accesses,
      InstantSource clock) {
    // selectors wait best in threads of the system; what may block runs in virtual ones
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("depot");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    server.setDynamic(false); // the handler's word on what may block counts
    Optional<AccessLog> log =
        accesses.map(out -> new AccessLog(out, clock, ZoneId.systemDefault()));
    DepotServer depotServer = new DepotServer(server, log);
    HeaderDeadline deadline = new HeaderDeadline(options.headers());
    for (String address : options.addresses()) {
      ServerConnector connector = connector(server, options);
      connector.setHost(address);
      connector.setPort(options.port());
      connector.setIdleTimeout(options.idle().toMillis());
      connector.setAcceptQueueSize(1024);
      connector.addBean(deadline);
      server.addConnector(connector);
    }
    server.addBean(new NetworkConnectionLimit(options.connections(), server));
    server.setErrorHandler(new BadRequests());
    log.ifPresent(server::setRequestLog);
    server.setStopTimeout(options.grace().toMillis());
    server.setHandler(
        new GracefulHandler(
            new Measured(new CommonHeaders(new DepotHandler(depot, options)), metrics)));
    depotServer.begin(deadline, options);
    return depotServer;
  }

  private void begin(HeaderDeadline deadline, ServerOptions options) {
    try {
      server.start();
    } catch (IOException e) {
      stop();
      throw new ConflictException(
          "cannot listen on '"
              + String.join("', '", options.addresses())
              + "', port '"
              + options.port()
              + "'",
          e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause().getMessage(),
          List.of("choose another port with '-p', or stop what listens there"),
          e);
    } catch (EmblemaException e) {
      stop();
      throw e;
    } catch (Exception e) {
      stop();
      throw new IllegalStateException("the HTTP server does not start", e);
    }
    watch.scheduleWithFixedDelay(deadline::look, 1, 1, TimeUnit.SECONDS);
    watch.scheduleWithFixedDelay(() -> log.ifPresent(AccessLog::flush), 1, 1, TimeUnit.SECONDS);
  }

  private static ServerConnector connector(Server server, ServerOptions options) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(HEADERS);
    http.setOutputBufferSize(64 << 10);
    // slashes and percent signs within names are encoded; parts are taken from the raw path
    http.setUriCompliance(
        UriCompliance.from(
            EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT)));
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (options.tls().isEmpty()) {
      return new ServerConnector(server, 1, SELECTORS, plain);
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslConnectionFactory tls =
        new SslConnectionFactory(context(options.tls().get()), plain.getProtocol());
    return new ServerConnector(server, 1, SELECTORS, tls, plain);
  }

  private static SslContextFactory.Server context(TlsFiles files) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(PemFiles.identity(files));
    context.setKeyStorePassword("");
    context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    if (files.clients().isPresent()) {
      context.setTrustStore(PemFiles.trusted(files.clients().get()));
      context.setWantClientAuth(!files.required());
      context.setNeedClientAuth(files.required());
    }
    return context;
  }

  /** That it listens on, the first of several. */
  public int port() {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  @Override
  public void close() {
    stop();
    watch.shutdownNow();
    log.ifPresent(AccessLog::flush);
  }

  private void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      // what did not end in time was cut off
    }
  }
}
