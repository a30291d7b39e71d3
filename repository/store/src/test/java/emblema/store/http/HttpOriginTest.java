package emblema.store.http;

import emblema.store.origin.Origin;
import emblema.store.origin.OriginContract;
import emblema.testkit.RawServer;
import emblema.testkit.StaticDepot;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

/** The contract over the wire; a small server gives out the reference's files. */
class HttpOriginTest extends OriginContract {
  private final RawServer server = new RawServer(new StaticDepot(golden()));

  private static Path golden() {
    try {
      return Path.of(
          Objects.requireNonNull(HttpOriginTest.class.getResource("/golden/repo")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Origin open() {
    return HttpOrigin.open(server.address(), Quick.SETTINGS);
  }

  @AfterEach
  void close() {
    server.close();
  }
}
