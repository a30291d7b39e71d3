package emblema.store.file;

import emblema.core.io.SafePath;
import java.util.List;

/**
 * What was moved away from a store.
 *
 * @param directory that received it, if there was anything
 * @param manifests where they were
 */
public record Quarantined(SafePath directory, List<SafePath> manifests) {
  public Quarantined {
    manifests = List.copyOf(manifests);
  }
}
