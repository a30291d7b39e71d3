package emblema.depot.operation;

import java.util.Set;

/**
 * How a depot serves its repository.
 *
 * @param server named in {@code versions/0}: program and version
 * @param readOnly takes no publications
 * @param mirror serves only payloads, and takes no publications
 * @param disabled operations that are not served: {@code search} or {@code search/0}
 * @param policy who may publish
 */
public record DepotOptions(
    String server,
    boolean readOnly,
    boolean mirror,
    Set<String> disabled,
    PublicationPolicy policy) {
  public DepotOptions {
    disabled = Set.copyOf(disabled);
  }
}
