package emblema.store.address;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.store.file.FileRepository;
import emblema.store.origin.PayloadReference;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.Publication;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/** A publication that closes its repository in the end. */
record ClosingPublication(Publication publication, FileRepository repository)
    implements Publication {
  @Override
  public Fmri add(Fmri fmri, Manifest manifest, Function<Action, PayloadSource> payloads) {
    return publication.add(fmri, manifest, payloads);
  }

  @Override
  public Fmri copy(Fmri fmri, byte[] manifest, Function<PayloadReference, InputStream> stored) {
    return publication.copy(fmri, manifest, stored);
  }

  @Override
  public List<Fmri> commit() {
    return publication.commit();
  }

  @Override
  public void close() {
    try (repository) {
      publication.close();
    }
  }
}
