package emblema.store.archive;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.hash.Digest;
import emblema.core.manifest.ManifestReader;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogAddition;
import emblema.store.catalog.CatalogEntry;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A catalog read from an archive's manifests, one at a time. */
record ArchiveCatalog(PackageArchive archive, String publisher, List<Fmri> packages)
    implements Catalog {

  /** The time stamp of the newest package. */
  @Override
  public Instant lastModified() {
    return packages.stream()
        .map(fmri -> Optional.ofNullable(fmri.version()).flatMap(Version::instant))
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  @Override
  public long packageCount() {
    return packages.stream().map(Fmri::stem).distinct().count();
  }

  @Override
  public long packageVersionCount() {
    return packages.size();
  }

  @Override
  public void forEach(Consumer<CatalogEntry> each) {
    for (Fmri fmri : packages) {
      byte[] manifest = archive.manifest(fmri);
      CatalogAddition.Builder builder = new CatalogAddition.Builder();
      ManifestReader.stream(
          new ByteArrayInputStream(manifest), archive.path() + ": " + fmri, builder::take);
      each.accept(builder.build(fmri, Digest.SHA1.hex(manifest)).toEntry());
    }
  }
}
