package emblema.store.check;

import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.store.file.PublisherStore;
import java.util.List;

/** Says what is wrong with a manifest's signatures. */
@FunctionalInterface
public interface SignatureCheck {
  /** Asks nothing of signatures. */
  SignatureCheck NONE = (store, fmri, manifest) -> List.of();

  /**
   * @param store that holds the certificates
   * @param manifest with at least one signature
   * @return a sentence a problem; empty if all is well
   */
  List<String> problems(PublisherStore store, Fmri fmri, Manifest manifest);
}
