package emblema.depot.server;

import emblema.depot.operation.Body;
import emblema.depot.operation.Caller;
import emblema.depot.operation.Depot;
import emblema.depot.operation.ErrorPage;
import emblema.depot.operation.Headers;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.jspecify.annotations.Nullable;

/** Turns the library's requests into ours, and our responses into the library's. */
final class DepotHandler extends Handler.Abstract {
  private static final int CHUNK = 64 << 10;

  /** Operations that send files as they are stored. */
  private static final Pattern STORED =
      Pattern.compile("^(/[^/]+)?/(manifest|file|catalog)/[0-9]/");

  /** How often an answer about a file that is replaced meanwhile is worked out again. */
  private static final int ATTEMPTS = 10;

  private final Depot depot;
  private final long largestUpload;
  private final long slowest;
  private final Duration patience;

  DepotHandler(Depot depot, ServerOptions options) {
    this.depot = depot;
    this.largestUpload = options.largestUpload();
    this.slowest = options.slowest();
    this.patience = options.patience();
  }

  /** See {@link #handle}. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  /** Answers at once what only looks up a stored file; all else in a virtual thread of its own. */
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    if (isQuick(request)) {
      return answer(request, response, callback);
    }
    VirtualThreads.getDefaultVirtualThreadsExecutor()
        .execute(
            () -> {
              try {
                answer(request, response, callback);
              } catch (IOException | RuntimeException | Error e) {
                Response.writeError(request, response, callback, e);
              }
            });
    return true;
  }

  private static boolean isQuick(Request request) {
    String path = request.getHttpURI().getPath();
    return request.getMethod().equals("GET")
        && path != null
        && STORED.matcher(path).find()
        && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
        && request.getLength() <= 0;
  }

  private boolean answer(Request request, Response response, Callback callback) throws IOException {
    if (request.getLength() > largestUpload) {
      String message = "The request has more than '" + largestUpload + "' bytes.";
      send(request, response, callback, ErrorPage.of(413, message).with("Connection", "close"));
      return true;
    }
    emblema.depot.operation.Request ours = ours(request);
    emblema.depot.operation.Response answer = depot.answer(ours);
    for (int attempt = 1; answer.body() instanceof Body.File part; attempt++) {
      FileChannel channel = open(part);
      if (channel != null) {
        head(response, answer, part.length());
        sendFile(request, response, callback, part, channel);
        return true;
      }
      answer =
          attempt < ATTEMPTS
              ? depot.answer(ours)
              : ErrorPage.of(503, "The file changes all the time; try again later.");
    }
    send(request, response, callback, answer);
    return true;
  }

  /** The very file that the answer is about; null if it was replaced or removed meanwhile. */
  private static @Nullable FileChannel open(Body.File part) throws IOException {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(part.file().path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (part.file().isCurrent()) {
      return channel;
    }
    channel.close();
    return null;
  }

  private emblema.depot.operation.Request ours(Request request) {
    Headers.Builder headers = new Headers.Builder();
    for (HttpField field : request.getHeaders()) {
      headers.add(field.getName(), Optional.ofNullable(field.getValue()).orElse(""));
    }
    long length = request.getLength();
    boolean empty =
        length == 0 || length < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    InputStream body =
        empty
            ? InputStream.nullInputStream()
            : new LimitedInput(
                Content.Source.asInputStream(request), largestUpload, slowest, patience);
    return new emblema.depot.operation.Request(
        request.getMethod(),
        Optional.ofNullable(request.getHttpURI().getPath()).orElse("/"),
        Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
        headers.build(),
        empty ? 0 : length,
        body,
        new Caller(
            Optional.ofNullable(Request.getRemoteAddr(request)).orElse(""),
            certificate(request),
            request.isSecure()));
  }

  private static Optional<String> certificate(Request request) {
    return request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
            instanceof EndPoint.SslSessionData session
        ? Optional.ofNullable(session.peerCertificates())
            .filter(chain -> chain.length > 0)
            .map(chain -> subject(chain[0]))
        : Optional.empty();
  }

  private static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static void send(
      Request request,
      Response response,
      Callback callback,
      emblema.depot.operation.Response answer)
      throws IOException {
    boolean bodiless = request.getMethod().equals("HEAD");
    switch (answer.body()) {
      case Body.None() -> {
        head(response, answer, answer.status() == 304 ? -1 : 0);
        response.write(true, ByteBuffer.allocate(0), callback);
      }
      case Body.Bytes(byte[] bytes) -> {
        head(response, answer, bytes.length);
        response.write(true, bodiless ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes), callback);
      }
      case Body.Streamed(Body.Writer writer) -> {
        head(response, answer, -1);
        if (!bodiless) {
          OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response), CHUNK);
          writer.write(out);
          out.flush();
        }
        response.write(true, ByteBuffer.allocate(0), callback);
      }
      case Body.File _ -> throw new IllegalStateException("files were dealt with");
    }
  }

  /** From the file's pages to the socket through buffers outside of the heap. */
  private static void sendFile(
      Request request, Response response, Callback callback, Body.File part, FileChannel channel) {
    Callback closing = Callback.from(callback, () -> close(channel));
    if (request.getMethod().equals("HEAD") || part.length() == 0) {
      response.write(true, ByteBuffer.allocate(0), closing);
      return;
    }
    ByteBufferPool pool = request.getComponents().getByteBufferPool();
    if (part.length() <= CHUNK) {
      sendSmall(response, callback, part, channel, pool);
      return;
    }
    Content.copy(
        Content.Source.from(
            new ByteBufferPool.Sized(pool, true, CHUNK), channel, part.offset(), part.length()),
        response,
        closing);
  }

  /** With its head in one write. */
  private static void sendSmall(
      Response response,
      Callback callback,
      Body.File part,
      FileChannel channel,
      ByteBufferPool pool) {
    RetainableByteBuffer buffer = pool.acquire((int) part.length(), true);
    try (channel) {
      ByteBuffer bytes = buffer.getByteBuffer();
      bytes.clear().limit((int) part.length());
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, part.offset() + bytes.position()) < 0) {
          throw new EOFException("'" + part.file().path() + "' is shorter than it was");
        }
      }
      bytes.flip();
      response.write(true, bytes, Callback.from(callback, buffer::release));
    } catch (IOException e) {
      buffer.release();
      callback.failed(e);
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // it was only read
    }
  }

  private static void head(
      Response response, emblema.depot.operation.Response answer, long length) {
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().add(name, value));
    if (answer.status() == 304) {
      response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
    }
    if (length >= 0) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
    }
  }
}
