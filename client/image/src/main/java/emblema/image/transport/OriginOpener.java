package emblema.image.transport;

import emblema.core.error.UnreachableException;
import emblema.store.http.Access;
import emblema.store.origin.Origin;

/** Opens an origin by its address. */
@FunctionalInterface
public interface OriginOpener {
  /**
   * @param uri as configured, or a path or address as typed
   * @param access matters to depots only
   * @throws emblema.core.error.EmblemaException if it is not an origin that can be used
   */
  Origin open(String uri, Access access);

  /**
   * A small file by its address, for example a revocation list.
   *
   * @throws emblema.core.error.EmblemaException if it cannot be had
   */
  default byte[] document(String uri) {
    throw new UnreachableException("'" + uri + "' cannot be fetched");
  }
}
