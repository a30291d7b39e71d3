package emblema.image.transport;

import emblema.image.image.StateEntry;
import emblema.store.http.Access;
import emblema.store.origin.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Origins of one operation only (spec client-cli, section 3.4): repositories and archives that a
 * user names, asked before those of the configuration. Opened when first needed.
 */
final class TemporarySources implements AutoCloseable {
  private final List<String> uris;
  private final OriginOpener opener;
  private final List<Origin> open = new ArrayList<>();
  private final Map<String, List<Origin>> byPublisher = new TreeMap<>();

  TemporarySources(List<String> uris, OriginOpener opener) {
    this.uris = List.copyOf(uris);
    this.opener = opener;
  }

  boolean isEmpty() {
    return uris.isEmpty();
  }

  Set<String> publishers() {
    return opened().keySet();
  }

  /** Those that have packages of the publisher, in the order given. */
  List<Origin> of(String prefix) {
    return opened().getOrDefault(prefix, List.of());
  }

  private synchronized Map<String, List<Origin>> opened() {
    for (String uri : uris.subList(open.size(), uris.size())) {
      Origin origin = opener.open(uri, Access.PLAIN);
      open.add(origin);
      for (String prefix : origin.publishers()) {
        byPublisher.computeIfAbsent(prefix, ignored -> new ArrayList<>()).add(origin);
      }
    }
    return byPublisher;
  }

  /** Every package that they offer; of several the first to have it counts. */
  List<StateEntry> entries() {
    Map<Object, StateEntry> entries = new TreeMap<>();
    opened()
        .forEach(
            (prefix, origins) ->
                origins.forEach(
                    origin ->
                        origin
                            .catalog(prefix)
                            .forEach(
                                entry ->
                                    entries.putIfAbsent(
                                        entry.fmri(), CatalogRefresh.entry(entry)))));
    return List.copyOf(entries.values());
  }

  @Override
  public synchronized void close() {
    open.forEach(Origin::close);
  }
}
