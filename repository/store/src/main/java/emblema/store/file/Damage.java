package emblema.store.file;

import emblema.core.io.SafePath;
import java.util.Set;

/**
 * What is to be moved away from a store.
 *
 * @param manifests of packages that are useless now, and what else lies among the manifests
 * @param payloads that are damaged
 * @param catalog whether the catalog must be made anew
 */
public record Damage(Set<SafePath> manifests, Set<SafePath> payloads, boolean catalog) {
  public Damage {
    manifests = Set.copyOf(manifests);
    payloads = Set.copyOf(payloads);
  }

  public boolean isNone() {
    return manifests.isEmpty() && payloads.isEmpty() && !catalog;
  }
}
