package emblema.publisher.cli;

import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogStamp;
import emblema.store.file.FileRepository;
import emblema.store.http.HttpOrigin;
import emblema.store.json.Json;
import emblema.store.origin.Origin;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How one publisher of a repository is doing.
 *
 * @param packages distinct names
 * @param word {@code online}, {@code processing} or {@code indexing}
 * @param updated when its catalog changed last
 */
record PublisherStatus(long packages, String word, Instant updated) {

  static PublisherStatus of(Origin origin, String publisher, InstantSource clock) {
    return switch (origin) {
      case FileRepository repository -> {
        CatalogAttributes catalog = repository.catalogAttributes(publisher);
        boolean busy = repository.isBusy(publisher, clock);
        yield new PublisherStatus(
            catalog.packageCount(), busy ? "processing" : "online", catalog.lastModified());
      }
      case HttpOrigin depot ->
          depot
              .status()
              .members("repository")
              .flatMap(status -> status.members("publishers"))
              .flatMap(publishers -> publishers.members(publisher))
              .map(PublisherStatus::of)
              .orElseGet(() -> of(origin.catalog(publisher)));
      default -> of(origin.catalog(publisher));
    };
  }

  private static PublisherStatus of(Json.Members status) {
    return new PublisherStatus(
        status.number("package-count").orElse(0L),
        status.text("status").orElse("online"),
        status.text("last-catalog-update").map(CatalogStamp::parse).orElse(Instant.EPOCH));
  }

  private static PublisherStatus of(Catalog catalog) {
    return new PublisherStatus(catalog.packageCount(), "online", catalog.lastModified());
  }
}
