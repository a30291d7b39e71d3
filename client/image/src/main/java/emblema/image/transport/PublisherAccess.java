package emblema.image.transport;

import emblema.image.image.Endpoint;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherConfig;
import emblema.store.http.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How an image's publishers are reached: certificates, proxies, the client's identifier. */
public final class PublisherAccess {
  private final Path root;
  private final boolean sendsIdentifier;

  /**
   * @param root of the image
   */
  public PublisherAccess(ImageConfig config, Path root) {
    this.root = root;
    this.sendsIdentifier = config.isTrue("send-uuid");
  }

  public Access to(PublisherConfig publisher, Endpoint endpoint) {
    boolean identified = sendsIdentifier && !publisher.uuid().isEmpty();
    return new Access(
        file(publisher.sslKey()),
        file(publisher.sslCertificate()),
        endpoint.proxy(),
        identified ? Map.of("X-IPkg-UUID", publisher.uuid()) : Map.of());
  }

  /** Written relative to the image; other programs write whole paths, of this system or its own. */
  private Optional<Path> file(String configured) {
    if (configured.isEmpty() || configured.equals("None")) {
      return Optional.empty();
    }
    Path path = Path.of(configured);
    Path inside = root.resolve(configured.replaceFirst("^/+", ""));
    return Optional.of(path.isAbsolute() && !Files.exists(inside) ? path : inside);
  }
}
