package emblema.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A web server on the loopback interface that sends exactly the bytes a test wants, right or wrong:
 * one request a connection, then the connection is closed.
 */
public final class RawServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Answer answer;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * @param target path and query as sent
   * @param headers names in lower case
   */
  public record Request(String method, String target, Map<String, String> headers, byte[] body) {
    @Override
    public String toString() {
      return method + " " + target;
    }
  }

  /** Writes all of an answer, from the status line on. */
  public interface Answer {
    void write(Request request, OutputStream out) throws IOException;
  }

  public RawServer(Answer answer) {
    this.answer = answer;
    try {
      socket = new ServerSocket();
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** {@code http://127.0.0.1:port/}. */
  public String address() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/";
  }

  /** All requests so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Forgets the requests so far. */
  public void forget() {
    requests.clear();
  }

  /** How many requests had this target. */
  public long count(String target) {
    return requests.stream().filter(request -> request.target().equals(target)).count();
  }

  /** An answer with a status, headers such as {@code "Location: /x"}, and a body of its length. */
  public static void send(OutputStream out, int status, byte[] body, String... headers)
      throws IOException {
    head(out, status, body.length, headers);
    out.write(body);
  }

  /** Only the head of an answer that promises a length. */
  public static void head(OutputStream out, int status, long length, String... headers)
      throws IOException {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Word\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    text.append("Content-Length: ").append(length).append("\r\nConnection: close\r\n\r\n");
    out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    open.add(connection);
    try (connection;
        InputStream in = new BufferedInputStream(connection.getInputStream());
        OutputStream out = new BufferedOutputStream(connection.getOutputStream())) {
      Request request = read(in);
      requests.add(request);
      answer.write(request, out);
      out.flush();
      connection.shutdownOutput();
    } catch (IOException e) {
      // the client has gone, or the test wanted the connection to break
    } finally {
      open.remove(connection);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    if (first.length < 3) {
      throw new IOException("not a request");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(first[0], first[1], headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the request ends too early");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
