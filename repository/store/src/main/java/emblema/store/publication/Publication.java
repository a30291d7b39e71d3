package emblema.store.publication;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
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

  /** Makes all of it durable, then visible. */
  List<Fmri> commit();

  /** Abandons what was not committed; leaves no debris. */
  @Override
  void close();
}
