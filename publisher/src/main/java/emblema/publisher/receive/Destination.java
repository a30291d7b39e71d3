package emblema.publisher.receive;

import emblema.core.fmri.Fmri;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import java.util.List;

/** Where received packages go. */
interface Destination extends AutoCloseable {

  /** What is being done, as the lines for the user name it. */
  String verb();

  /** Whether the package is there already, so that it is passed over. */
  boolean has(Fmri name);

  /** Those of a package's payloads that it needs. */
  List<PayloadReference> missing(ReceivedPackage received);

  /**
   * Takes one package.
   *
   * @param payloads gives what is missing, as it is stored at the source
   */
  void take(ReceivedPackage received, Origin source, DownloadCache payloads);

  /** Makes all of it durable and visible. */
  void finish();

  @Override
  void close();
}
