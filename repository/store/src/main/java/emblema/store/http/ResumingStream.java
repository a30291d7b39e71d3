package emblema.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One stored file of a depot. Where the connection breaks or stalls, the rest is asked for; a
 * server that cannot do that sends all of it again, and what we had is skipped. Stored files never
 * change under their name, and the reader verifies the whole.
 */
final class ResumingStream extends InputStream {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-.*");

  private final Wire wire;
  private final URI uri;
  private InputStream body;
  private long position;
  private int failures;

  /** Opens it; errors as {@link Wire} reports them. */
  ResumingStream(Wire wire, URI uri) {
    this.wire = wire;
    this.uri = uri;
    this.body = wire.repeatedly(uri, true, this::open);
  }

  private InputStream open() throws IOException {
    HttpRequest.Builder request = wire.request(uri).GET();
    if (position > 0) {
      request.header("Range", "bytes=" + position + "-");
    }
    HttpResponse<InputStream> response = wire.followed(request.build());
    InputStream opened = response.body();
    long start = response.statusCode() == 206 ? start(response) : 0;
    if (start > position) {
      opened.close();
      throw new IOException("the server left out bytes " + position + " to " + (start - 1));
    }
    opened.skipNBytes(position - start);
    return opened;
  }

  private long start(HttpResponse<InputStream> response) throws IOException {
    Optional<String> header = response.headers().firstValue("Content-Range");
    Matcher range = CONTENT_RANGE.matcher(header.orElse(""));
    if (!range.matches()) {
      throw new IOException("the server answered with a part and did not say which");
    }
    return Long.parseLong(range.group(1));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (true) {
      try {
        int count = body.read(bytes, offset, length);
        if (count > 0) {
          position += count;
          failures = 0;
        }
        return count;
      } catch (IOException e) {
        body.close();
        failures++;
        if (failures >= wire.settings().attempts() || Thread.currentThread().isInterrupted()) {
          throw Failures.unreachable(uri, failures, e);
        }
        body = wire.repeatedly(uri, true, this::open);
      }
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
