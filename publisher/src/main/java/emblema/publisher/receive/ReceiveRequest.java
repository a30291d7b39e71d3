package emblema.publisher.receive;

import emblema.core.event.EventSink;
import emblema.publisher.transform.Mogrifier;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What shall be received, and how.
 *
 * @param chosen the packages of a catalog that patterns name
 * @param versions which of them are meant
 * @param recursive whether what they depend on comes along
 * @param rules that change the manifests
 * @param trial whether nothing is written
 * @param say takes lines for the user: what is going on, on standard output
 * @param events told progress and warnings
 */
public record ReceiveRequest(
    Function<Catalog, List<CatalogEntry>> chosen,
    VersionChoice versions,
    boolean recursive,
    Optional<Mogrifier> rules,
    boolean trial,
    Consumer<String> say,
    EventSink events) {}
