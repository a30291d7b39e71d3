package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogChange;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The empty catalog that a store begins with: only {@code catalog.attrs}. */
final class NewCatalog {
  private NewCatalog() {}

  /** Makes one unless there is a catalog already. */
  static void ensure(PublisherStore store, InstantSource clock) {
    if (store.hasCatalog()) {
      return;
    }
    Disk disk = store.disk();
    try (StoreLock ignored = StoreLock.await(store, clock)) {
      if (store.hasCatalog()) {
        return;
      }
      SafePath next = store.layout().temporary().resolve("new.catalog");
      TreeRemoval.remove(disk, next);
      disk.makeDirectory(next, PublisherStore.DIRECTORY_MODE);
      CatalogAttributes attributes =
          CatalogAttributes.empty(clock.instant().truncatedTo(ChronoUnit.MICROS));
      new CatalogChange(disk, next, store.prefix(), null, attributes, true)
          .writeAttributes(attributes);
      disk.sync(next.resolve(CatalogAttributes.FILE));
      disk.sync(next);
      CatalogReplacement.replace(store, next);
      TreeRemoval.remove(disk, next);
    }
  }
}
