package emblema.depot.server;

import emblema.core.error.EmblemaException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * One line a request, in the form of the reference: {@code 127.0.0.1 - - [20/Nov/2026:21:11:02]
 * "GET /versions/0/ HTTP/1.1" 200 170 "REFERRER" "AGENT"}. What clients send cannot end a line or a
 * quoted part.
 */
final class AccessLog implements RequestLog {
  private static final int FLUSHED = 64 << 10;

  private final OutputStream out;
  private final InstantSource clock;
  private final DateTimeFormatter form;
  private final StringBuilder pending = new StringBuilder();

  AccessLog(OutputStream out, InstantSource clock, ZoneId zone) {
    this.out = out;
    this.clock = clock;
    this.form = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  @Override
  public void log(Request request, Response response) {
    long bytes = Response.getContentBytesWritten(response);
    String line =
        safe(Request.getRemoteAddr(request))
            + " - - ["
            + form.format(Instant.ofEpochMilli(clock.millis()))
            + "] \""
            + safe(request.getMethod())
            + " "
            + safe(request.getHttpURI().getPathQuery())
            + " "
            + safe(request.getConnectionMetaData().getHttpVersion().asString())
            + "\" "
            + response.getStatus()
            + " "
            + (bytes > 0 ? Long.toString(bytes) : "-")
            + " \""
            + safe(request.getHeaders().get(HttpHeader.REFERER))
            + "\" \""
            + safe(request.getHeaders().get(HttpHeader.USER_AGENT))
            + "\"\n";
    synchronized (this) {
      pending.append(line);
      if (pending.length() > FLUSHED) {
        flush();
      }
    }
  }

  private static String safe(@Nullable String text) {
    String value = Optional.ofNullable(text).orElse("");
    StringBuilder out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c >= 0x7f) {
        out.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Hands over what was gathered. A log that cannot be written stops nobody. */
  synchronized void flush() {
    try {
      out.write(pending.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException | EmblemaException e) {
      // nobody is left to be told
    }
    pending.setLength(0);
  }
}
