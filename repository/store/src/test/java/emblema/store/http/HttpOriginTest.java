package emblema.store.http;

import emblema.store.origin.Origin;
import emblema.store.origin.OriginContract;
import emblema.testkit.RawServer;
import org.junit.jupiter.api.AfterEach;

/** The contract over the wire; a small server gives out the reference's files. */
class HttpOriginTest extends OriginContract {
  private final RawServer server = new RawServer(new StaticDepot());

  @Override
  protected Origin open() {
    return HttpOrigin.open(server.address(), Quick.SETTINGS);
  }

  @AfterEach
  void close() {
    server.close();
  }
}
