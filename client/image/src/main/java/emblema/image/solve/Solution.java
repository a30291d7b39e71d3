package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the image shall hold.
 *
 * @param packages by stem
 * @param avoided the avoid list after the operation
 * @param standstill if nothing changes although newer versions are known: why, a paragraph each
 */
public record Solution(
    SortedMap<String, Fmri> packages, Set<String> avoided, List<String> standstill) {
  public Solution {
    standstill = List.copyOf(standstill);
    packages = Collections.unmodifiableSortedMap(new TreeMap<>(packages));
    avoided = Collections.unmodifiableSet(new TreeSet<>(avoided));
  }

  public Solution(SortedMap<String, Fmri> packages, Set<String> avoided) {
    this(packages, avoided, List.of());
  }
}
