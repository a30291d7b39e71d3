package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;

/**
 * Puts a finished catalog directory in the place of the present one, in one step: readers see
 * either the whole old or the whole new one. (The reference renames twice, so that for a moment
 * there is no catalog; readers of ours wait for it.)
 */
final class CatalogReplacement {
  private CatalogReplacement() {}

  /**
   * @param next durable, on the same file system; afterwards it holds the old catalog, if there was
   *     one
   */
  static void replace(PublisherStore store, SafePath next) {
    Disk disk = store.disk();
    SafePath catalog = store.layout().catalog();
    if (disk.stat(catalog).isPresent()) {
      disk.exchange(next, catalog);
    } else {
      disk.rename(next, catalog);
    }
    disk.sync(store.layout().root());
    next.parent().ifPresent(disk::sync);
  }

  /**
   * Puts the old catalog back where a crash of the reference left only that; finishes the removal
   * of packages that a crash of ours cut off.
   */
  static void finishInterrupted(PublisherStore store) {
    Disk disk = store.disk();
    SafePath catalog = store.layout().catalog();
    SafePath old = store.layout().oldCatalog();
    if (disk.stat(catalog).isEmpty() && disk.stat(old).isPresent()) {
      disk.rename(old, catalog);
      disk.sync(store.layout().root());
    }
    new WithdrawalJournal(store).finish();
  }
}
