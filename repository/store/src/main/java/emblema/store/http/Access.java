package emblema.store.http;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is needed to reach one depot, besides its address.
 *
 * @param key the client's private key, a PEM file
 * @param certificate the client's certificate, a PEM file
 * @param proxy of the publisher's configuration, or empty
 * @param headers sent with each request, for example the client's identifier
 */
public record Access(
    Optional<Path> key, Optional<Path> certificate, String proxy, Map<String, String> headers) {
  public static final Access PLAIN = new Access(Optional.empty(), Optional.empty(), "", Map.of());

  public Access {
    headers = Map.copyOf(headers);
  }

  public static Access of(Optional<Path> key, Optional<Path> certificate) {
    return new Access(key, certificate, "", Map.of());
  }
}
