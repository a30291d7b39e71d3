package emblema.store.http;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UnreachableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a request, for the reader, and whether it may be tried again. */
final class Failures {
  /** Too early, too many, or a server between us and the depot in trouble. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 502, 503, 504);

  /** The reference puts its message into the first paragraph of a page. */
  private static final Pattern PARAGRAPH = Pattern.compile("(?s)<p>(.*?)</p>");

  private Failures() {}

  /** An answer that may be another one in a moment. */
  static final class PassingTrouble extends IOException {
    private static final long serialVersionUID = 1;
    private final transient Duration askedFor;

    PassingTrouble(String message, Duration askedFor) {
      super(message);
      this.askedFor = askedFor;
    }

    /** How long the server asked us to wait; zero if it did not. */
    Duration askedFor() {
      return askedFor == null ? Duration.ZERO : askedFor;
    }
  }

  static boolean mayPass(IOException failure) {
    return !(failure instanceof SSLHandshakeException
        || failure instanceof SSLPeerUnverifiedException);
  }

  /** Whether no connection came about, so that the server cannot have seen the request. */
  static boolean wasNotSent(IOException failure) {
    return failure instanceof ConnectException
        || failure instanceof HttpConnectTimeoutException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException;
  }

  static boolean isPassing(int status) {
    return PASSING.contains(status);
  }

  static PassingTrouble passing(int status, Optional<String> retryAfter) {
    Duration wait =
        retryAfter
            .filter(text -> text.matches("[0-9]{1,6}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(Duration.ZERO);
    return new PassingTrouble("the server answered " + named(status), wait);
  }

  /** An answer that will not change. */
  static EmblemaException refused(URI uri, int status, String body) {
    Optional<String> message = message(body);
    return switch (status) {
      case 400 ->
          new ConflictException(
              message.map(Failures::asOurs).orElse("'" + uri + "' was refused as a bad request"),
              message.isPresent() ? "'" + uri + "' answered so" : null,
              List.of(),
              null);
      case 407 ->
          new AccessException(
              "the proxy does not let us ask '" + uri + "'",
              "it answered 407 (it wants a user and a password)",
              List.of("write them into the proxy's address: http://user:password@host:port"),
              null);
      case 401, 403 ->
          new AccessException(
              "no permission for '" + uri + "'",
              "the server answered " + named(status) + message.map(m -> ": " + m).orElse(""),
              List.of("give a client certificate, or ask who runs the server"),
              null);
      case 404, 410 ->
          new NotFoundException(
              "'" + uri + "' does not exist",
              "the server answered " + named(status),
              List.of(),
              null);
      default ->
          new UnreachableException(
              "'" + uri + "' could not be used",
              "the server answered " + named(status) + message.map(m -> ": " + m).orElse(""),
              List.of(),
              null);
    };
  }

  /** After the last attempt. */
  static UnreachableException unreachable(URI uri, int attempts, IOException cause) {
    return new UnreachableException(
        "cannot reach '" + uri + "'",
        reason(cause) + (attempts > 1 ? " (" + attempts + " attempts)" : ""),
        List.of(),
        cause);
  }

  /** The JDK leaves some of its failures without words. */
  static String reason(Throwable cause) {
    String text = text(cause);
    return switch (cause) {
      case HttpConnectTimeoutException ignored -> "no connection in time";
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          "the host is unknown";
      case ConnectException ignored when text.isEmpty() -> "connection refused";
      case UnknownHostException ignored -> "the host is unknown";
      case HttpTimeoutException ignored when text.contains("request timed out") ->
          "no answer in time";
      case SSLException ignored -> "the secure connection failed: " + text;
      default -> text.isEmpty() ? cause.getClass().getSimpleName() : text;
    };
  }

  private static String text(@Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      String message = at.getMessage();
      if (message != null && !message.isEmpty()) {
        return message;
      }
    }
    return "";
  }

  private static Optional<String> message(String body) {
    Matcher paragraph = PARAGRAPH.matcher(body);
    if (!paragraph.find()) {
      return Optional.empty();
    }
    String text =
        paragraph
            .group(1)
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
            .replaceAll("\\p{Cntrl}+", " ")
            .strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** Messages of ours start in lower case and end without a full stop. */
  private static String asOurs(String text) {
    String open = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return open.isEmpty()
        ? text
        : open.substring(0, 1).toLowerCase(Locale.ROOT) + open.substring(1);
  }

  private static String named(int status) {
    String words =
        switch (status) {
          case 401 -> " (unauthorized)";
          case 403 -> " (forbidden)";
          case 404 -> " (not found)";
          case 407 -> " (the proxy wants a password)";
          case 408 -> " (request timeout)";
          case 413 -> " (too large)";
          case 429 -> " (too many requests)";
          case 500 -> " (internal error)";
          case 502 -> " (bad gateway)";
          case 503 -> " (unavailable)";
          case 504 -> " (gateway timeout)";
          default -> "";
        };
    return status + words;
  }
}
