package emblema.store.publication;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.store.origin.PayloadReference;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/**
 * Any number of packages published together: nothing is visible before {@link #commit}, everything
 * after it. Payloads are written first, then manifests, then the catalog parts, {@code
 * catalog.attrs} last, with one group sync. A crash leaves the old or the new state; running the
 * same publication again completes it without storing a payload twice.
 */
public interface Publication extends AutoCloseable {

  /**
   * Adds one package.
   *
   * @param fmri with publisher and version; without timestamp the repository gives one
   * @param manifest the actions; payloads are {@code NOHASH}, a path, or the SHA-1 of a payload
   *     that is already stored (then never read or compressed again, and its computed attributes
   *     are kept when present)
   * @param payloads the content of an action whose payload is not stored yet
   * @return the FMRI as published
   */
  Fmri add(Fmri fmri, Manifest manifest, Function<Action, PayloadSource> payloads);

  /**
   * Adds a package as it was published elsewhere: the manifest byte for byte, signatures included,
   * and payloads as they are stored there. Only where this repository has a payload in another
   * compressed form already does the manifest of an unsigned package come to say so.
   *
   * @param fmri with publisher, version and timestamp; conflict if the repository has it
   * @param manifest names the package {@code fmri}
   * @param stored opens the gzip stream of a payload that this repository lacks; it is compared
   *     with the manifest's promise here
   * @return the FMRI as published
   */
  Fmri copy(Fmri fmri, byte[] manifest, Function<PayloadReference, InputStream> stored);

  /** Makes all of it durable, then visible. */
  List<Fmri> commit();

  /** Abandons what was not committed; leaves no debris. */
  @Override
  void close();
}
