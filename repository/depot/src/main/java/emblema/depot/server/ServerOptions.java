package emblema.depot.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a depot listens, and what it puts up with.
 *
 * @param addresses to listen on, names or numbers
 * @param port 0 for any that is free
 * @param tls nothing for plain HTTP
 * @param idle how long a connection may be silent
 * @param headers how long a client may take to send a request up to its body
 * @param slowest bytes a second below which a request's body is not waited for; 0 for any
 * @param patience how long a body is waited for altogether before that counts
 * @param largestUpload bytes of one request's body
 * @param connections at once; those beyond wait to be accepted
 * @param grace how long a stop waits for requests that are being answered
 */
public record ServerOptions(
    List<String> addresses,
    int port,
    Optional<TlsFiles> tls,
    Duration idle,
    Duration headers,
    long slowest,
    Duration patience,
    long largestUpload,
    int connections,
    Duration grace) {

  public ServerOptions {
    addresses = List.copyOf(addresses);
  }

  /** This machine only, any free port. */
  public static ServerOptions local() {
    return new ServerOptions(
        List.of("127.0.0.1"),
        0,
        Optional.empty(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(20),
        256,
        Duration.ofSeconds(20),
        16L << 30,
        4096,
        Duration.ofSeconds(30));
  }
}
