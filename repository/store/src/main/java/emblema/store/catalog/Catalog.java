package emblema.store.catalog;

import java.time.Instant;
import java.util.function.Consumer;

/** One publisher's packages at one moment (spec catalog). */
public interface Catalog {
  String publisher();

  /** When the catalog changed last; microseconds. */
  Instant lastModified();

  long packageCount();

  long packageVersionCount();

  /** Every package version, ordered by stem and then version ascending; streamed. */
  void forEach(Consumer<CatalogEntry> each);
}
