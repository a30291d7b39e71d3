package emblema.store.http;

import emblema.core.error.MalformedException;
import emblema.core.error.UnreachableException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one server: tried again with growing pauses while the trouble may pass, a bounded
 * number at a time, through the proxy and with the certificates of its {@link Access}. Redirects
 * are followed to the same or a safer scheme only. Safe for use by several threads.
 */
final class Wire implements AutoCloseable {
  private static final int REDIRECTS = 5;
  private static final int ERROR_PAGE = 1 << 16;

  /** A server that could not be reached is not asked again for so long. */
  private static final Duration REST = Duration.ofSeconds(10);

  /** Proxies for TLS are told user and password too, which the JDK leaves out otherwise. */
  static {
    String name = "jdk.http.auth.tunneling.disabledSchemes";
    if (System.getProperty(name) == null) {
      System.setProperty(name, "");
    }
  }

  private final URI base;
  private final Access access;
  private final HttpSettings settings;
  private final HttpClient client;
  private final Semaphore permits;
  private final Proxies proxies;
  private volatile @Nullable Rest rest;

  private record Rest(long since, UnreachableException cause) {}

  /**
   * @param address {@code http://host/} or {@code https://host/}, with or without a slash at the
   *     end
   */
  Wire(String address, Access access, HttpSettings settings) {
    this.base = base(address);
    this.access = access;
    this.settings = settings;
    this.permits = new Semaphore(settings.parallel());
    this.proxies = settings.proxies().orElse(access.proxy());
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .proxy(proxies.selector())
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    if (base.getScheme().equalsIgnoreCase("https")) {
      builder.sslContext(Trust.context(settings.trusted(), access));
    }
    this.client = builder.build();
  }

  private static URI base(String address) {
    try {
      URI uri = URI.create(address.endsWith("/") ? address : address + "/");
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new MalformedException(
        "'" + address + "' is not the address of a depot", "write http://host/ or https://host/");
  }

  /** The depot's address, with a slash at its end. */
  URI base() {
    return base;
  }

  /**
   * @param path encoded, relative to the depot's address
   */
  URI uri(String path) {
    return URI.create(base + path);
  }

  HttpSettings settings() {
    return settings;
  }

  /** A request with what every request to this server has. */
  HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .timeout(settings.stall())
            .header("User-Agent", settings.userAgent())
            .header("Accept", "*/*");
    access.headers().forEach(builder::header);
    proxies.authorizationFor(uri).ifPresent(word -> builder.header("Proxy-Authorization", word));
    return builder;
  }

  /**
   * A whole answer, which may come compressed.
   *
   * @param limit in bytes; a longer one is malformed
   * @param fresh whether caches on the way are passed by
   */
  byte[] document(String path, int limit, boolean fresh) {
    URI uri = uri(path);
    HttpRequest.Builder request = request(uri).header("Accept-Encoding", "gzip").GET();
    if (fresh) {
      request.header("Cache-Control", "no-cache").header("Pragma", "no-cache");
    }
    return repeatedly(uri, true, () -> whole(followed(request.build()), limit));
  }

  private static byte[] whole(HttpResponse<InputStream> response, int limit) throws IOException {
    Optional<String> encoding = response.headers().firstValue("Content-Encoding");
    try (InputStream body = response.body();
        InputStream in =
            encoding.filter(name -> !name.equalsIgnoreCase("identity")).isPresent()
                ? new GZIPInputStream(body, 1 << 16)
                : body) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (bytes.size() > limit - n) {
          throw new MalformedException(
              "the answer of '" + response.uri() + "' is longer than " + limit + " bytes");
        }
        bytes.write(buffer, 0, n);
      }
      return bytes.toByteArray();
    }
  }

  /** A payload as it is stored; what the network cuts off is asked for again from there on. */
  InputStream stream(String path) {
    URI uri = uri(path);
    acquire();
    boolean opened = false;
    try {
      InputStream in = new ResumingStream(this, uri);
      opened = true;
      return new FilterInputStream(in) {
        private boolean closed;

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          return in.read(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          if (!closed) {
            closed = true;
            permits.release();
            super.close();
          }
        }
      };
    } finally {
      if (!opened) {
        permits.release();
      }
    }
  }

  /**
   * The answer to a request without a body worth reading.
   *
   * @param repeatable whether it may be sent again when it is unknown if it arrived
   */
  HttpHeaders send(HttpRequest request, boolean repeatable) {
    return repeatedly(
        request.uri(),
        repeatable,
        () -> {
          boolean follows = request.method().equals("GET") || request.method().equals("HEAD");
          HttpResponse<InputStream> response =
              repeatable && follows ? followed(request) : checked(exchange(request));
          try (InputStream body = response.body()) {
            int unread = body.readNBytes(ERROR_PAGE).length;
            if (unread == ERROR_PAGE) {
              throw new IOException("the answer is longer than expected");
            }
          }
          return response.headers();
        });
  }

  /** One step that may be tried again. */
  interface Attempt<T> {
    T run() throws IOException;
  }

  /** Runs until it succeeds, is refused, or has failed too often. */
  <T> T repeatedly(URI uri, boolean repeatable, Attempt<T> attempt) {
    Rest resting = rest;
    if (resting != null && System.nanoTime() - resting.since() < REST.toNanos()) {
      throw resting.cause();
    }
    for (int i = 1; ; i++) {
      try {
        T result = attempt.run();
        rest = null;
        return result;
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("interrupted");
        }
        boolean again = Failures.mayPass(e) && (repeatable || Failures.wasNotSent(e));
        if (!again || i >= settings.attempts()) {
          UnreachableException failure = Failures.unreachable(uri, i, e);
          if (Failures.wasNotSent(e)) {
            rest = new Rest(System.nanoTime(), failure);
          }
          throw failure;
        }
        pause(i + 1, e);
      }
    }
  }

  private void pause(int attempt, IOException cause) {
    Duration wait = settings.pauseBefore(attempt);
    if (cause instanceof Failures.PassingTrouble trouble
        && trouble.askedFor().compareTo(wait) > 0) {
      wait =
          trouble.askedFor().compareTo(HttpSettings.LONGEST_PAUSE) < 0
              ? trouble.askedFor()
              : HttpSettings.LONGEST_PAUSE;
    }
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** The answer where redirects lead; only 2xx comes back. */
  HttpResponse<InputStream> followed(HttpRequest request) throws IOException {
    HttpRequest next = request;
    for (int i = 0; i <= REDIRECTS; i++) {
      HttpResponse<InputStream> response = exchange(next);
      Optional<String> location = response.headers().firstValue("Location");
      if (response.statusCode() / 100 != 3 || location.isEmpty()) {
        return checked(response);
      }
      response.body().close();
      URI target = target(next.uri(), location.get());
      next = HttpRequest.newBuilder(request, (name, value) -> true).uri(target).build();
    }
    throw new UnreachableException("'" + request.uri() + "' redirects too often");
  }

  private static URI target(URI from, String location) {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new UnreachableException(
          "'" + from + "' redirects to what is not an address", location);
    }
    boolean isSafer = "https".equalsIgnoreCase(to.getScheme());
    boolean isSame = from.getScheme().equalsIgnoreCase(to.getScheme());
    if (to.getHost() == null || !(isSafer || isSame)) {
      throw new UnreachableException(
          "'" + from + "' redirects to '" + to + "', which is less safe",
          "the redirect is refused");
    }
    return to;
  }

  private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
    try {
      return client.send(request, info -> new IncomingBody(settings.stall(), settings.slowest()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (IllegalArgumentException | SecurityException e) {
      throw new UnreachableException(
          "'" + request.uri() + "' cannot be asked", String.valueOf(e.getMessage()));
    }
  }

  private static HttpResponse<InputStream> checked(HttpResponse<InputStream> response)
      throws IOException {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return response;
    }
    @Nullable InputStream sent = response.body(); // none where a proxy refuses to connect
    try (InputStream body = sent == null ? InputStream.nullInputStream() : sent) {
      if (Failures.isPassing(status)) {
        throw Failures.passing(status, response.headers().firstValue("Retry-After"));
      }
      String page = new String(body.readNBytes(ERROR_PAGE), StandardCharsets.UTF_8);
      throw Failures.refused(response.uri(), status, page);
    }
  }

  private void acquire() {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
