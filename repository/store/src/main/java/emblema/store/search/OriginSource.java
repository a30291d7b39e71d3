package emblema.store.search;

import emblema.core.fmri.Fmri;
import emblema.store.origin.Origin;
import java.util.function.BiConsumer;

/** The packages of one publisher, as its catalog has them. */
public final class OriginSource implements IndexSource {
  private final Origin origin;
  private final String publisher;

  public OriginSource(Origin origin, String publisher) {
    this.origin = origin;
    this.publisher = publisher;
  }

  @Override
  public String stamp() {
    var catalog = origin.catalog(publisher);
    return catalog.lastModified() + " " + catalog.packageVersionCount();
  }

  @Override
  public void forEachPackage(BiConsumer<Fmri, String> each) {
    origin.catalog(publisher).forEach(entry -> each.accept(entry.fmri(), entry.manifestSha1()));
  }

  @Override
  public byte[] manifest(Fmri fmri) {
    return origin.manifest(fmri);
  }
}
