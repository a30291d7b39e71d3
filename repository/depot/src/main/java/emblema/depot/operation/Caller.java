package emblema.depot.operation;

import java.util.Optional;

/**
 * Who asks.
 *
 * @param address of the other end, as text
 * @param certificate the subject of the client certificate that the connection was made with and
 *     that was verified
 * @param isSecure whether by TLS
 */
public record Caller(String address, Optional<String> certificate, boolean isSecure) {
  public static final Caller LOCAL = new Caller("127.0.0.1", Optional.empty(), false);
}
