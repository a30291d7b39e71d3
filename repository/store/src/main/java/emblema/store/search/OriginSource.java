package emblema.store.search;

import emblema.core.fmri.Fmri;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.file.FileRepository;
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
    if (origin instanceof FileRepository repository) {
      // the same without reading all of the catalog
      CatalogAttributes attributes = repository.catalogAttributes(publisher);
      return attributes.lastModified() + " " + attributes.packageVersionCount();
    }
    Catalog catalog = origin.catalog(publisher);
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
