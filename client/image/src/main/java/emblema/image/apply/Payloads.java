package emblema.image.apply;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import java.io.InputStream;

/** Where the content of files and licences comes from: already in the image's cache. */
@FunctionalInterface
public interface Payloads {
  /**
   * The gzip stream of a payload as stored.
   *
   * @param owner the package, with publisher
   * @param action a file or licence
   */
  InputStream open(Fmri owner, Action action);
}
